import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { MediaStore } from "../../../lib/media/media-store.ts";
import { type Store, useStore } from "../../../lib/store.ts";
import type { Bench } from "../model/bench.ts";
import type { ReviewSession } from "../model/review-session.ts";
import { type Cover, isCovered } from "./cover.ts";
import { isPairSeen } from "./pair-seen.ts";

/** Tells the session when the pair on the stage is seen. */
export function useLooking(props: {
  readonly session: ReviewSession;
  readonly bench: Bench;
  readonly media: MediaStore;
  readonly cover: Store<Cover>;
}): void {
  const { session, bench, media } = props;
  const covered = isCovered(useStore(props.cover), bench.work.caseId);
  const read = useCallback(() => isPairSeen(bench, media, covered), [bench, media, covered]);
  const seen = useSyncExternalStore(media.subscribe, read);
  // At every render: what was refused while a case changed hands is told once it is open.
  useEffect(() => {
    if (seen) session.look();
  });
}
