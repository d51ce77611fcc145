import { useSearchParams } from "react-router";
import { CasesScreen } from "../../features/cases/cases-screen.tsx";
import { paramsOf, searchFrom } from "../../features/cases/search-params.ts";
import { useTitle } from "../../ui/use-title.ts";
import { RequireRight } from "../require-right.tsx";

export function Component() {
  const [params, setParams] = useSearchParams();
  useTitle("Cases");
  return (
    <RequireRight right="case.browse">
      <CasesScreen
        search={searchFrom(params)}
        asked={params.has("asked")}
        onSearch={(search) => {
          const next = paramsOf(search);
          next.set("asked", "1");
          setParams(next);
        }}
      />
    </RequireRight>
  );
}
