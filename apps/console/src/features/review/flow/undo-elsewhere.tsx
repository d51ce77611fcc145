import { useKeys } from "../../../lib/keyboard/use-keys.ts";
import { useStore } from "../../../lib/store.ts";
import type { ReviewSession } from "../model/review-session.ts";
import { useMyKeys } from "../my-keys.ts";
import { UndoBar } from "./undo-bar.tsx";

/**
 * The last decision can be taken back wherever one went after it, by the same key. That leads back
 * to the desk, where the case lies again.
 */
export function UndoElsewhere(props: {
  readonly session: ReviewSession;
  readonly toReview: () => void;
}) {
  const { session, toReview } = props;
  const { undo } = useStore(session.state);
  const takeBack = () => {
    // First the undo: a desk that is opened while something is under way claims nothing else.
    void session.undo();
    toReview();
  };
  useKeys(useMyKeys(), undo === null ? {} : { undo: takeBack });
  return undo === null ? null : <UndoBar undo={undo} onUndo={takeBack} floats />;
}
