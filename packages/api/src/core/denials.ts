import type { EventBody } from "@secondlook/audit/event";
import type { Context } from "./context.ts";
import type { Recorder } from "./recorder.ts";

/** A refusal to write down: by whom, on which recorder, and when. */
export interface Denial {
  /** Those of one key share a minute's room. */
  readonly key: string;
  readonly recorder: Recorder;
  readonly now: Date;
  readonly body: EventBody;
  /** What stands in the log for those held back: the same with their count. */
  readonly many: (count: number) => EventBody;
}

/**
 * Writes refusals into the log, on their own connection, so that no rollback takes them, and so few
 * that the log can't be flooded: up to 20 a minute of one key are an event each; further ones are
 * counted, and one event with the count is written when the minute is over.
 */
export interface Denials {
  /** A call that this person may not make. */
  record(context: Context, path: string): Promise<void>;
  /** Any other refusal. Throws Refusal `log_unavailable`; counts held back are then kept. */
  note(denial: Denial): Promise<void>;
  /** Writes every count held back until now, whether its minute is over or not: before a stop. */
  flush(): Promise<void>;
}

const WINDOW_MS = 60_000;
const SINGLE = 20;

interface Held {
  readonly recorder: Recorder;
  readonly many: Denial["many"];
  readonly count: number;
}

interface Window {
  readonly startedAt: number;
  seen: number;
  held: Held | undefined;
}

/** Counts of one process; every denial also writes what others' minutes held back. */
export function createDenials(): Denials {
  const windows = new Map<string, Window>();
  /** Their minute is over and they are not written yet. */
  let due: Held[] = [];

  function close(isOver: (window: Window) => boolean): void {
    for (const [key, window] of windows) {
      if (!isOver(window)) continue;
      windows.delete(key);
      if (window.held !== undefined) due.push(window.held);
    }
  }

  async function writeDue(): Promise<void> {
    const taken = due;
    due = [];
    for (const [index, held] of taken.entries()) {
      try {
        await held.recorder.read([held.many(held.count)]);
      } catch (error) {
        due.push(...taken.slice(index));
        throw error;
      }
    }
  }

  async function note(denial: Denial): Promise<void> {
    const now = denial.now.getTime();
    // A clock that is set back ends a minute too, or it would hold back for as long.
    close(({ startedAt }) => Math.abs(now - startedAt) >= WINDOW_MS);
    const window = windows.get(denial.key) ?? { startedAt: now, seen: 0, held: undefined };
    windows.set(denial.key, window);
    window.seen += 1;
    const { recorder, many, body } = denial;
    const isHeld = window.seen > SINGLE;
    if (isHeld) window.held = { recorder, many, count: window.seen - SINGLE };
    await writeDue();
    if (!isHeld) await recorder.read([body]);
  }

  return {
    note,
    async record({ deps, staff, recorder }, path) {
      if (staff === null) return;
      const denied = (action: string, count: number): EventBody => {
        const outcome = { kind: "access.denied", outcome: "denied" } as const;
        return { ...outcome, action, reason: "role_or_lease", count };
      };
      await note({
        key: `access.denied ${staff.id}`,
        recorder,
        now: deps.clock(),
        body: denied(codeOf(path), 1),
        many: (count) => denied("flood", count),
      });
    },
    async flush() {
      close(() => true);
      await writeDue();
    },
  };
}

function codeOf(path: string): string {
  return path
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.]/g, "_")
    .slice(0, 64);
}
