import { toHex } from "./bytes.ts";
import { EmitterCheck } from "./emitter-check.ts";
import type { AuditEvent } from "./event.ts";
import type { Findings } from "./finding.ts";
import { LeafError, parseLeaf } from "./leaf.ts";

/** Within one server's transactions times mix by seconds; more is a clock that was set. */
const TIME_ORDER_MS = 60_000;

/** What leaves say, checked one after the other: form, ids used twice, numbers, times. */
export class EventCheck {
  readonly #findings: Findings;
  readonly #emitters: EmitterCheck;
  readonly #hashes = new Map<string, string>();
  #latestMs = 0;
  #early: { count: number; first: number } | undefined;
  #repeats: { count: number; first: number } | undefined;

  constructor(findings: Findings, tailSeconds: number) {
    this.#findings = findings;
    this.#emitters = new EmitterCheck(tailSeconds);
  }

  add(leaf: Uint8Array, hash: Uint8Array, at: number): void {
    let event: AuditEvent;
    try {
      event = parseLeaf(leaf);
    } catch (error) {
      if (!(error instanceof LeafError)) throw error;
      this.#findings.problem({ code: "bad_leaf", at, message: `Leaf ${at}: ${error.message}` });
      return;
    }
    const known = this.#hashes.get(event.eid);
    // Half of the hash is plenty to tell two leaves apart that carry one id.
    const own = toHex(hash.subarray(0, 16));
    if (known === own) {
      // A commit whose answer was lost is tried again with the same bytes.
      this.#repeats = { count: (this.#repeats?.count ?? 0) + 1, first: this.#repeats?.first ?? at };
      return;
    }
    if (known !== undefined) {
      const message = `Leaf ${at} carries the id of an earlier event but says something else.`;
      this.#findings.problem({ code: "event_rewritten", at, message });
    }
    this.#hashes.set(event.eid, own);
    this.#findings.all(this.#emitters.add(event, at));
    const ms = Date.parse(event.at);
    if (ms < this.#latestMs - TIME_ORDER_MS) {
      this.#early = { count: (this.#early?.count ?? 0) + 1, first: this.#early?.first ?? at };
    }
    this.#latestMs = Math.max(this.#latestMs, ms);
  }

  finish(): void {
    this.#findings.all(this.#emitters.finish());
    if (this.#repeats !== undefined) {
      const { count, first } = this.#repeats;
      const message = `${count} events stand in the log twice with the same bytes, the first at leaf ${first}: a commit was tried again.`;
      this.#findings.warning({ code: "event_twice", at: first, message });
    }
    if (this.#early !== undefined) {
      const { count, first } = this.#early;
      const message = `${count} events say a time over a minute before an earlier one, the first at leaf ${first}: a clock was set, or a process wrote late. The order is the tree's.`;
      this.#findings.warning({ code: "time_order", at: first, message });
    }
  }
}
