import { sql } from "drizzle-orm";
import { type Database, run } from "../database.ts";

/** Appends events in the caller's transaction: state and record commit together or not at all. */
export async function appendEvents(tx: Database, leaves: readonly Uint8Array[]): Promise<void> {
  if (leaves.length === 0) return;
  const list = sql.join(
    leaves.map((leaf) => sql`${leaf}`),
    sql`, `,
  );
  await run(tx, sql`select audit.append_many(array[${list}]::bytea[])`);
}

/** Appends events that have no transaction of their own to share. */
export interface GroupAppender {
  /** Resolves once the events are durable; rejects where they are not recorded. */
  append(leaves: readonly Uint8Array[]): Promise<void>;
}

/** Bounded, so that one statement stays far below the protocol's limit of parameters. */
const MAX_BATCH = 2_000;

interface Waiting {
  readonly leaves: readonly Uint8Array[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * One statement for all events that wait: while a commit is under way the next batch gathers, so
 * there is no timer, and a lone caller waits for nobody (AUDIT-LOG section 2.4).
 */
export function createGroupAppender(db: Database): GroupAppender {
  let waiting: Waiting[] = [];
  let writing = false;

  async function drain(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const batch: Waiting[] = [];
      let size = 0;
      for (const caller of waiting) {
        if (batch.length > 0 && size + caller.leaves.length > MAX_BATCH) break;
        batch.push(caller);
        size += caller.leaves.length;
      }
      waiting = waiting.slice(batch.length);
      try {
        await appendEvents(
          db,
          batch.flatMap((caller) => caller.leaves),
        );
        for (const caller of batch) caller.done();
      } catch (error) {
        for (const caller of batch) caller.failed(error);
      }
    }
    writing = false;
  }

  return {
    append(leaves) {
      return new Promise((done, failed) => {
        waiting.push({ leaves, done, failed });
        if (!writing) void drain();
      });
    },
  };
}
