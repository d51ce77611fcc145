import type { EventBody, EventKind } from "@secondlook/audit/event";
import { appendEvents } from "@secondlook/db/audit/append";
import type { Database } from "@secondlook/db/database";
import type { Deps } from "./deps.ts";
import type { EventActor, StampedEvent } from "./emitter.ts";
import { Refusal } from "./refusal.ts";
import { sqlState } from "./sql-state.ts";

/** Records an event in the transaction at hand, and gives its bytes to whoever must pass them on. */
export type RecordInTransaction = (body: EventBody) => Promise<Uint8Array>;

/**
 * The record of one request. Nothing may leave the server before `committed` holds an event of a
 * kind that the route declares; `requireRecord` in trpc.ts checks it on every answer.
 */
export interface Recorder {
  readonly committed: ReadonlySet<EventKind>;
  /**
   * Runs a state change with its events: all commit together or not at all. `stamp` only stamps,
   * for functions of the database that append the event themselves.
   */
  transaction<T>(
    work: (
      tx: Database,
      record: RecordInTransaction,
      stamp: (body: EventBody) => Uint8Array,
    ) => Promise<T>,
  ): Promise<T>;
  /** Makes reads durable before their bytes leave; the event of a read has no other transaction. */
  read(bodies: readonly EventBody[]): Promise<void>;
}

/** SQLSTATE of a missing grant. The application has every other that it needs, so it is the log's. */
const NO_RIGHT = "42501";

/** A recorder for one request of this actor. Throws Refusal `log_unavailable` where it can't record. */
export function createRecorder(
  deps: Pick<Deps, "db" | "emitter" | "appender" | "log">,
  actor: EventActor,
): Recorder {
  const committed = new Set<EventKind>();

  async function voidEvents(stamped: readonly StampedEvent[]): Promise<void> {
    const { leaf } = deps.emitter.stamp(
      { kind: "emit.void", outcome: "allowed", voided: stamped.map(({ n }) => n) },
      { id: "sys_emitter", role: "system" },
    );
    await deps.appender.append([leaf]).catch((cause: unknown) => {
      // The auditor then reports a gap, which is the truth.
      deps.log.error(
        { events: stamped.length },
        "could not record that events were rolled back",
        cause,
      );
    });
  }

  function unavailable(events: number, cause: unknown): Refusal {
    deps.log.error({ events }, "an access could not be recorded", cause);
    return new Refusal(
      "log_unavailable",
      "This can't be done now, because it can't be recorded. Nothing was changed; try again in a minute.",
      { cause },
    );
  }

  return {
    committed,
    async transaction(work) {
      const stamped: { event: StampedEvent; kind: EventKind }[] = [];
      const stamp = (body: EventBody): Uint8Array => {
        const event = deps.emitter.stamp(body, actor);
        stamped.push({ event, kind: body.kind });
        return event.leaf;
      };
      try {
        const value = await deps.db.transaction(async (tx) =>
          work(
            tx,
            async (body) => {
              const leaf = stamp(body);
              await appendEvents(tx, [leaf]).catch((cause: unknown) => {
                throw unavailable(1, cause);
              });
              return leaf;
            },
            stamp,
          ),
        );
        for (const { kind } of stamped) committed.add(kind);
        return value;
      } catch (error) {
        if (stamped.length > 0) await voidEvents(stamped.map(({ event }) => event));
        // The functions that append by themselves meet the same closed door.
        throw sqlState(error) === NO_RIGHT ? unavailable(stamped.length, error) : error;
      }
    },
    async read(bodies) {
      if (bodies.length === 0) return;
      const leaves = bodies.map((body) => deps.emitter.stamp(body, actor).leaf);
      try {
        await deps.appender.append(leaves);
      } catch (cause) {
        throw unavailable(leaves.length, cause);
      }
      for (const body of bodies) committed.add(body.kind);
    },
  };
}
