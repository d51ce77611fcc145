import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { isId } from "@secondlook/domain/ids";
import { CaseGate } from "../../features/cases/case-gate.tsx";
import { CaseScreen } from "../../features/cases/case-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { RequireRight } from "../require-right.tsx";
import { NotFound } from "../route-problem.tsx";
import { useSignedIn } from "../who.ts";

export function Component() {
  const { caseId = "" } = useParams();
  useTitle("Case");
  if (!isId("case", caseId)) return <NotFound />;
  return (
    <RequireRight right="case.browse">
      <Gated key={caseId} caseId={caseId} />
    </RequireRight>
  );
}

/** Those who judge are asked first, because the page takes the case from them for good. */
function Gated({ caseId }: { readonly caseId: `cas_${string}` }) {
  const judges = useSignedIn().permissions.includes("case.judge");
  const [open, setOpen] = useState(!judges);
  const navigate = useNavigate();
  return open ? (
    <CaseScreen caseId={caseId} />
  ) : (
    <CaseGate caseId={caseId} onOpen={() => setOpen(true)} onBack={() => void navigate("/cases")} />
  );
}
