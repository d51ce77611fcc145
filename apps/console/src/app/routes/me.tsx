import { useSearchParams } from "react-router";
import { datesFrom, paramsOf } from "../../features/insights/filter.ts";
import { MeScreen } from "../../features/insights/me/me-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { RequireRight } from "../require-right.tsx";

export function Component() {
  const [params, setParams] = useSearchParams();
  useTitle("Me");
  return (
    <RequireRight right="insights.own">
      <MeScreen
        dates={datesFrom(params)}
        onDates={(dates) => setParams(paramsOf(dates), { preventScrollReset: true })}
      />
    </RequireRight>
  );
}
