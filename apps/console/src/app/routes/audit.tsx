import { useSearchParams } from "react-router";
import { AuditScreen } from "../../features/audit/audit-screen.tsx";
import { filterFrom, paramsOf } from "../../features/audit/filter.ts";
import { useTitle } from "../../ui/use-title.ts";
import { RequireRight } from "../require-right.tsx";

export function Component() {
  const [params, setParams] = useSearchParams();
  useTitle("Audit");
  return (
    <RequireRight right="audit.read">
      <AuditScreen
        filter={filterFrom(params)}
        onFilter={(filter) => setParams(paramsOf(filter), { preventScrollReset: true })}
      />
    </RequireRight>
  );
}
