import { filterFrom, paramsOf } from "../../features/insights/filter.ts";
import { InsightsScreen } from "../../features/insights/insights-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { RequireRight } from "../require-right.tsx";
import { useAddress } from "../use-address.ts";

export function Component() {
  const [filter, changeFilter] = useAddress(filterFrom, paramsOf);
  useTitle("Insights");
  return (
    <RequireRight right="insights.read">
      <InsightsScreen filter={filter} onFilter={changeFilter} />
    </RequireRight>
  );
}
