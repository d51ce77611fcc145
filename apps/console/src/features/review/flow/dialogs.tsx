import { lazy, Suspense } from "react";
import { NoKeys } from "../../../lib/keyboard/no-keys.ts";
import type { ReviewSession } from "../model/review-session.ts";

const ReleaseDialog = lazy(async () => ({
  default: (await import("./release-dialog.tsx")).ReleaseDialog,
}));
const KeysDialog = lazy(async () => ({
  default: (await import("./keys-dialog.tsx")).KeysDialog,
}));
const MistakeDialog = lazy(async () => ({
  default: (await import("./mistake-dialog.tsx")).MistakeDialog,
}));

export type DialogName = "keys" | "release" | "mistake";

/** The one dialog of the Review screen that is open, if any. */
export function Dialogs(props: {
  readonly open: DialogName | null;
  readonly session: ReviewSession;
  readonly onClose: () => void;
}) {
  const { session, onClose } = props;
  // While a dialog's code loads, its keys must not be taken for ratings.
  return (
    <Suspense fallback={<NoKeys />}>
      {props.open === "keys" ? <KeysDialog onClose={onClose} /> : null}
      {props.open === "mistake" ? (
        <MistakeDialog
          onClose={onClose}
          onReported={() => session.hint("Reported, to a lead who does not judge this case.")}
        />
      ) : null}
      {props.open === "release" ? (
        <ReleaseDialog
          dueAt={session.state.get().bench?.work.dueAt ?? null}
          onClose={onClose}
          onRelease={(reason, until) => {
            onClose();
            void session.release(reason, until);
          }}
        />
      ) : null}
    </Suspense>
  );
}
