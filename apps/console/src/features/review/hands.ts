import type { KeyHandler } from "../../lib/keyboard/keyboard.ts";
import type { Store } from "../../lib/store.ts";
import type { DialogName } from "./flow/dialogs.tsx";
import type { ReviewCommand } from "./keys.ts";
import type { ReviewSession } from "./model/review-session.ts";
import type { Cover } from "./stage/cover.ts";
import type { StageControl } from "./stage/stage-control.ts";

/** What the keys of commands do. */
export type Handlers = Partial<Record<ReviewCommand, KeyHandler>>;

/** What keys act upon. */
export interface Hands {
  readonly session: ReviewSession;
  readonly control: StageControl;
  readonly cover: Store<Cover>;
  readonly open: (dialog: DialogName) => void;
  /** A break that is offered now. */
  readonly offered: { readonly later: () => void } | null;
  readonly write: () => void;
  /** Brings the form into view, where it is below the stage. */
  readonly toForm: () => void;
  /** Brings the pictures into view, where they are above the form. */
  readonly toStage: () => void;
}
