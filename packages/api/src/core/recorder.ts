import type { EventBody, EventKind } from "@secondlook/audit/event";
import { appendEvents } from "@secondlook/db/audit/append";
import type { Database } from "@secondlook/db/database";
import type { Deps } from "./deps.ts";
import type { EventActor, StampedEvent } from "./emitter.ts";
import { recordLost } from "./lost-numbers.ts";
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
   * for functions of the database that append the event themselves; they are read by its id after.
   */
  transaction<T>(
    work: (
      tx: Database,
      record: RecordInTransaction,
      stamp: (body: EventBody) => Pick<StampedEvent, "eid" | "leaf">,
    ) => Promise<T>,
  ): Promise<T>;
  /** Makes reads durable before their bytes leave; the event of a read has no other transaction. */
  read(bodies: readonly EventBody[]): Promise<void>;
}

/** Kinds that show something of a person: refused while the log is stalled. Open work is not. */
const SHOWS: ReadonlySet<EventKind> = new Set<EventKind>([
  "candidate.open",
  "case.search",
  "case.view",
  "field.reveal",
  "insights.query",
  "media.read",
  "queue.search",
  "score.reveal",
  "audit.query",
  "audit.proof",
]);

/** Kinds after which somebody's live view may be another; one too many costs a look, no more. */
const MOVES = /^(case|decision|role|people)\.|^session\.end$/;

/** SQLSTATE of a missing grant. The application has every other that it needs, so it is the log's. */
const NO_RIGHT = "42501";

/** A recorder for one request of this actor. Throws Refusal `log_unavailable` where it can't record. */
export function createRecorder(
  deps: Pick<Deps, "db" | "emitter" | "appender" | "log" | "stallGuard" | "live">,
  actor: EventActor,
): Recorder {
  const committed = new Set<EventKind>();

  async function requireMoving(bodies: readonly EventBody[]): Promise<void> {
    if (!bodies.some(({ kind, outcome }) => outcome === "allowed" && SHOWS.has(kind))) return;
    if (await deps.stallGuard.mayRead()) return;
    throw unavailable(bodies.length, new Error("the log is stalled"));
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
      const stamped: { n: number; body: EventBody }[] = [];
      const stamp = (body: EventBody): StampedEvent => {
        const event = deps.emitter.stamp(body, actor);
        stamped.push({ n: event.n, body });
        return event;
      };
      try {
        const value = await deps.db.transaction(async (tx) => {
          const record = async (body: EventBody): Promise<Uint8Array> => {
            // Before it has a number, so that a stalled log gets no void for each refusal.
            await requireMoving([body]);
            const { leaf } = stamp(body);
            await appendEvents(tx, [leaf]).catch((cause: unknown) => {
              throw unavailable(1, cause);
            });
            return leaf;
          };
          const done = await work(tx, record, stamp);
          await requireMoving(stamped.map(({ body }) => body));
          return done;
        });
        for (const { body } of stamped) committed.add(body.kind);
        if (stamped.some(({ body }) => MOVES.test(body.kind))) deps.live.changed();
        void recordLost(deps);
        return value;
      } catch (error) {
        deps.emitter.lose(stamped.map(({ n }) => n));
        await recordLost(deps);
        // The functions that append by themselves meet the same closed door.
        throw sqlState(error) === NO_RIGHT ? unavailable(stamped.length, error) : error;
      }
    },
    async read(bodies) {
      if (bodies.length === 0) return;
      await requireMoving(bodies);
      const events = bodies.map((body) => deps.emitter.stamp(body, actor));
      try {
        await deps.appender.append(events.map(({ leaf }) => leaf));
      } catch (cause) {
        deps.emitter.lose(events.map(({ n }) => n));
        throw unavailable(events.length, cause);
      }
      for (const body of bodies) committed.add(body.kind);
      void recordLost(deps);
    },
  };
}
