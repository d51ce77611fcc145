import { lazy, Suspense } from "react";
import { useLocation, useNavigate } from "react-router";
import { openDesks } from "./open-desks.ts";

// Whoever has a desk in this page was at the Review screen, and has this with it already.
const UndoElsewhere = lazy(async () => ({
  default: (await import("../features/review/flow/undo-elsewhere.tsx")).UndoElsewhere,
}));

/** The way back from the last decision on every screen but Review, which has its own. */
export function UndoEverywhere({ accountId }: { readonly accountId: string }) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const desk = openDesks.get(accountId);
  if (desk === undefined || pathname === "/review") return null;
  return (
    <Suspense fallback={null}>
      <UndoElsewhere session={desk.session} toReview={() => void navigate("/review")} />
    </Suspense>
  );
}
