import { useEffect, useState } from "react";
import { announce } from "../../lib/announce.ts";
import { connection } from "../../lib/connection.ts";
import type { MediaStore } from "../../lib/media/media-store.ts";
import { useStore } from "../../lib/store.ts";
import { Banner } from "../../ui/banner.tsx";
import { Waiting } from "../../ui/waiting.tsx";
import { EmptyScreen, FailedScreen, PausedScreen } from "./flow/resting-screens.tsx";
import type { QueueNews } from "./flow/case-status.tsx";
import { type DialogName, Dialogs } from "./flow/dialogs.tsx";
import { UndoBar } from "./flow/undo-bar.tsx";
import type { ReviewSession } from "./model/review-session.ts";
import { createCover, idleCover } from "./stage/cover.ts";
import { keepPins } from "./stage/kept-pins.ts";
import { createStageControl, type StageControl } from "./stage/stage-control.ts";
import { viewingOf } from "./viewer/viewing-record.ts";
import { useActivity } from "./use-activity.ts";
import { useReviewKeys } from "./use-review-keys.ts";
import { Workbench } from "./workbench.tsx";

/** After so long without a key or a pointer the evidence is covered, in milliseconds. */
const IDLE = 120_000;

/** The Review screen: one's desk, whatever lies on it. */
export function ReviewScreen(props: {
  readonly session: ReviewSession;
  readonly media: MediaStore;
  /** Name and account, as they stand over the evidence. */
  readonly who: string;
  /** What waits, as it is told live; null where it is not told. */
  readonly queue: QueueNews;
}) {
  const { session, media } = props;
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const state = useStore(session.state);
  const [cover] = useState(createCover);
  const [control] = useState(() => createStageControl(session.hint));
  const activity = useActivity(IDLE, () => {
    const before = cover.get();
    cover.set(idleCover(before));
    // Whoever comes back looks again before sealing.
    session.edit((bench) => ({ ...bench, looked: [] }));
    if (before.always || before.openCase !== null)
      announce("The evidence is covered after quiet minutes.");
  });
  useEffect(() => session.start(activity), [session, activity]);
  useFetchAgain(session);
  useEffect(() => {
    window.addEventListener("pagehide", session.leave);
    return () => window.removeEventListener("pagehide", session.leave);
  }, [session]);
  const caseId = state.bench?.work.caseId;
  useEffect(() => {
    control.viewer.reset();
    return caseId === undefined ? undefined : keepPins(control.viewer, caseId);
  }, [control, caseId]);
  useEffect(() => session.sealWith(() => viewingOf(control.viewer)), [session, control]);

  const isResting = state.bench === null;
  // Whoever paused may have gone: what was uncovered is covered when the case comes back.
  useEffect(() => {
    if (isResting) cover.set({ ...cover.get(), openCase: null });
  }, [cover, isResting]);

  const busy = state.busy !== null;
  const enter = () => void session.enter();
  return (
    <>
      {state.undo === null || state.bench !== null ? null : (
        <UndoBar undo={state.undo} onUndo={() => void session.undo()} floats />
      )}
      {state.bench !== null ? (
        <Workbench
          session={session}
          state={state}
          bench={state.bench}
          media={media}
          control={control}
          cover={cover}
          who={props.who}
          queue={props.queue}
          onDialog={setDialog}
        />
      ) : (
        <Resting session={session} hands={{ control, cover, open: setDialog }}>
          {state.phase === "empty" && state.empty !== null ? (
            <EmptyScreen
              found={state.empty}
              waiting={props.queue?.waiting ?? null}
              busy={busy}
              onRetry={enter}
            />
          ) : state.phase === "paused" ? (
            <PausedScreen busy={busy} onResume={enter} />
          ) : state.phase === "failed" && state.problem !== null ? (
            <FailedScreen problem={state.problem} busy={busy} onRetry={enter} />
          ) : (
            <Waiting title="Getting the next case" />
          )}
        </Resting>
      )}
      <Dialogs open={dialog} session={session} onClose={() => setDialog(null)} />
    </>
  );
}

/** Without a case, Enter and undo still work, and what was refused is told. */
function Resting(props: {
  readonly session: ReviewSession;
  readonly hands: {
    readonly control: StageControl;
    readonly cover: ReturnType<typeof createCover>;
    readonly open: (dialog: DialogName) => void;
  };
  readonly children: React.ReactNode;
}) {
  const state = useStore(props.session.state);
  const nothing = () => undefined;
  useReviewKeys(state, {
    ...props.hands,
    session: props.session,
    offered: null,
    write: nothing,
    toForm: nothing,
    toStage: nothing,
  });
  return (
    <>
      {state.hint === null ? null : <Banner tone="warn">{state.hint}</Banner>}
      {props.children}
    </>
  );
}

/** Once the server answers again, what did not arrive is fetched. */
function useFetchAgain(session: ReviewSession): void {
  const up = useStore(connection) === "up";
  useEffect(() => {
    if (up) session.reload();
  }, [session, up]);
}
