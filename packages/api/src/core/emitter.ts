import { type Actor, encodeEvent, type EventBody } from "@secondlook/audit/event";
import { uuid7 } from "@secondlook/audit/uuid7";
import type { Id, RandomBytes } from "@secondlook/domain/ids";
import { newId } from "@secondlook/domain/ids";

/** Who acts, as the log names them: opaque ids only. */
export interface EventActor extends Actor {
  readonly session?: Id<"session">;
  readonly request?: Id<"request">;
}

/** A stamped event: its id and canonical bytes, and its number for an `emit.void` after a rollback. */
export interface StampedEvent {
  readonly eid: string;
  readonly n: number;
  readonly leaf: Uint8Array;
}

/**
 * Stamps events with this process's instance and a counter without gaps, so that an auditor sees
 * where one is missing before it was sequenced.
 */
export interface Emitter {
  readonly instance: string;
  stamp(body: EventBody, actor: EventActor): StampedEvent;
  /** The last number given out. */
  last(): number;
  /** Takes note of numbers whose events were not recorded: rolled back, or refused by the log. */
  lose(numbers: readonly number[]): void;
  /** An `emit.void` for those noted until now, at most 500; undefined where there are none. */
  stampVoid(): (StampedEvent & { readonly voided: readonly number[] }) | undefined;
}

/** As many as one event may name. */
const MAX_VOIDED = 500;

/** An emitter for one process start: a new instance id, numbers from 1. */
export function createEmitter(clock: () => Date, random: RandomBytes): Emitter {
  const instance = newId("instance", random);
  let n = 0;
  let lost: number[] = [];

  function stamp(body: EventBody, actor: EventActor): StampedEvent {
    const now = clock();
    const eid = uuid7(now.getTime(), random(10));
    const leaf = encodeEvent({
      v: 1,
      eid,
      at: now.toISOString(),
      src: { inst: instance, n: n + 1 },
      actor: { id: actor.id, role: actor.role },
      ...(actor.session === undefined ? {} : { session: actor.session }),
      ...(actor.request === undefined ? {} : { request: actor.request }),
      ...body,
    });
    // Counted only once the event is known to be valid: a refused one leaves no gap.
    n += 1;
    return { n, eid, leaf };
  }

  return {
    instance,
    last: () => n,
    stamp,
    lose(numbers) {
      lost.push(...numbers);
    },
    stampVoid() {
      if (lost.length === 0) return undefined;
      const voided = lost.slice(0, MAX_VOIDED);
      lost = lost.slice(MAX_VOIDED);
      const body = { kind: "emit.void", outcome: "allowed", voided } as const;
      return { ...stamp(body, { id: "sys_emitter", role: "system" }), voided };
    },
  };
}
