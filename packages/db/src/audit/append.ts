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
 *
 * A batch that fails because of what stands in it is written again caller by caller, so that one
 * event which the log refuses doesn't take others with it. One whose connection was lost is tried
 * once more with the same bytes: the commit may have gone through, and an event that then stands in
 * the log twice is known by its id.
 */
export function createGroupAppender(db: Database): GroupAppender {
  let waiting: Waiting[] = [];
  let writing = false;

  async function write(batch: readonly Waiting[]): Promise<void> {
    const leaves = batch.flatMap((caller) => caller.leaves);
    try {
      await appendEvents(db, leaves).catch(async (error: unknown) => {
        if (!isLost(error)) throw error;
        await appendEvents(db, leaves);
      });
      for (const caller of batch) caller.done();
    } catch (error) {
      if (batch.length > 1 && isRefused(error)) {
        for (const caller of batch) await write([caller]);
      } else {
        for (const caller of batch) caller.failed(error);
      }
    }
  }

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
      await write(batch);
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

/** Data exception, constraint, or a program limit: it lies in the events and not in the database. */
function isRefused(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlStateOf(error) ?? "");
}

/** The connection ended under the statement: what became of the commit is unknown. */
function isLost(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === undefined || /^(08|57P0)/.test(state);
}

/** SQLSTATE of a failed statement, which Drizzle hands on as the cause. */
function sqlStateOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return undefined;
  const { code } = cause;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
