import { useSearchParams } from "react-router";
import { filterFrom, paramsOf } from "../../features/insights/filter.ts";
import { InsightsScreen } from "../../features/insights/insights-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { RequireRight } from "../require-right.tsx";

export function Component() {
  const [params, setParams] = useSearchParams();
  useTitle("Insights");
  return (
    <RequireRight right="insights.read">
      <InsightsScreen
        filter={filterFrom(params)}
        onFilter={(filter) => setParams(paramsOf(filter), { preventScrollReset: true })}
      />
    </RequireRight>
  );
}
