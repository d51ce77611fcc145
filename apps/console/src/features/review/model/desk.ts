import { announce } from "../../../lib/announce.ts";
import type { Viewing } from "../../../lib/contract.ts";
import { connection } from "../../../lib/connection.ts";
import type { MediaStore } from "../../../lib/media/media-store.ts";
import { nextPaint } from "../../../lib/next-paint.ts";
import { type Problem, problemOf } from "../../../lib/problem.ts";
import { createStore, type Store } from "../../../lib/store.ts";
import type { Bench } from "./bench.ts";
import type { ReviewApi } from "./review-api.ts";
import { type Busy, type ReviewState, START } from "./review-state.ts";

/** What the parts of a session share: the state, the server, the evidence, the time. */
export interface Desk {
  readonly api: ReviewApi;
  readonly media: MediaStore;
  readonly state: Store<ReviewState>;
  /** Epoch milliseconds by the server's clock. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Resolves once what changed is on screen. */
  readonly painted: () => Promise<void>;
  readonly say: typeof announce;
  /** How the pair is looked at right now; null where nothing of it is known. */
  readonly viewing: { current: (() => Viewing) | null };
  /** Whether the reviewer is at the desk: nothing is insisted on behind their back. */
  readonly attended: Store<boolean>;
  readonly patch: (change: Partial<ReviewState>) => void;
  /** Changes the case on the bench, if it is still this one under this lease. */
  readonly change: (bench: Bench, change: (bench: Bench) => Bench) => void;
  readonly isStill: (bench: Bench) => boolean;
}

/** Longer than from stroke to stroke of somebody who types on. */
const SETTLING_MS = 400;

export interface DeskParts {
  readonly api: ReviewApi;
  readonly media: MediaStore;
  readonly now: () => number;
  readonly wait?: (ms: number) => Promise<void>;
  readonly painted?: () => Promise<void>;
  readonly say?: typeof announce;
}

/** An empty desk. */
export function createDesk(parts: DeskParts): Desk {
  const state = createStore<ReviewState>(START);
  const desk: Desk = {
    api: parts.api,
    media: parts.media,
    state,
    now: parts.now,
    wait: parts.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    painted: parts.painted ?? nextPaint,
    say: parts.say ?? announce,
    viewing: { current: null },
    attended: createStore(true),
    patch: (change) => state.set({ ...state.get(), ...change }),
    change(bench, change) {
      const current = state.get().bench;
      if (current !== null && desk.isStill(bench)) desk.patch({ bench: change(current) });
    },
    isStill(bench) {
      const work = state.get().bench?.work;
      return work?.caseId === bench.work.caseId && work.fence === bench.work.fence;
    },
  };
  return desk;
}

export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** Calls the server once and gives back what came of it. */
export async function attempt<T>(call: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

/** As `attempt`, again and again while the server can't be reached; the page says so meanwhile. */
export async function insist<T>(
  desk: Desk,
  call: () => Promise<T>,
  still: () => boolean,
): Promise<Attempt<T>> {
  const goesOn = () => still() && desk.attended.get();
  for (let pause = 1000; ; pause = Math.min(pause * 2, 8000)) {
    const result = await attempt(call);
    if (result.ok || result.problem.kind !== "unreachable" || !goesOn()) return result;
    connection.set("lost");
    await desk.wait(pause);
    if (!goesOn()) return result;
  }
}

/** As `insist`; what comes of it is drawn only after it was seen that the key was heard. */
export async function insistSeen<T>(
  desk: Desk,
  call: () => Promise<T>,
  still: () => boolean,
): Promise<Attempt<T>> {
  const [result] = await Promise.all([insist(desk, call, still), desk.painted()]);
  return result;
}

/** Resolves once nothing is under way. */
export function untilIdle(desk: Desk): Promise<void> {
  if (desk.state.get().busy === null) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = desk.state.subscribe(() => {
      if (desk.state.get().busy !== null) return;
      unsubscribe();
      resolve();
    });
  });
}

/** Runs what makes Enter wait; not at all while something else does. */
export async function whileBusy(desk: Desk, busy: Busy, run: () => Promise<void>): Promise<void> {
  if (desk.state.get().busy !== null) return;
  const before = caseOf(desk);
  desk.patch({ busy, hint: null });
  try {
    await run();
    if (before !== undefined && ![undefined, before].includes(caseOf(desk))) {
      desk.patch({ busy: "settling" });
      await desk.wait(SETTLING_MS);
    }
  } finally {
    desk.patch({ busy: null });
  }
}

function caseOf(desk: Desk): string | undefined {
  return desk.state.get().bench?.work.caseId;
}

/** As `whileBusy`, once nothing else is under way: a key that was pressed meanwhile is not lost. */
export async function whenIdle(desk: Desk, busy: Busy, run: () => Promise<void>): Promise<void> {
  // Somebody else who waited may have begun something by the time this goes on.
  while (desk.state.get().busy !== null) await untilIdle(desk);
  await whileBusy(desk, busy, run);
}
