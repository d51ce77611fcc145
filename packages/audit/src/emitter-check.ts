import type { AuditEvent } from "./event.ts";
import type { Finding } from "./finding.ts";

/** Numbers not seen so far, and where and when a higher one was. */
interface Gap {
  from: number;
  to: number;
  readonly at: number;
  readonly ms: number;
}

interface Emitter {
  max: number;
  gaps: Gap[];
  readonly voided: Set<number>;
  lastMs: number;
  lastAt: number;
  started: boolean;
  stop?: { readonly last: number; readonly at: number };
}

/**
 * Checks that every process that wrote events numbered them without a gap: the only way to see that
 * a row was deleted before it got its place in the tree.
 *
 * A number is missing for good if its process stopped in order, or went on for `tailSeconds` after
 * it. In the last seconds of a process that never stopped (a crash, or it still runs) a
 * missing number may belong to a transaction that was rolled back or is not finished: a warning.
 */
export class EmitterCheck {
  readonly #emitters = new Map<string, Emitter>();
  readonly #tailMs: number;

  constructor(tailSeconds: number) {
    this.#tailMs = tailSeconds * 1000;
  }

  /** Takes the next event of the tree. */
  add(event: AuditEvent, at: number): { problems: Finding[]; warnings: Finding[] } {
    const { inst, n } = event.src;
    const emitter = this.#emitters.get(inst) ?? newEmitter();
    this.#emitters.set(inst, emitter);
    const ms = Date.parse(event.at);
    const problems: Finding[] = [];
    const warnings: Finding[] = [];

    if (n > emitter.max) {
      if (n > emitter.max + 1) emitter.gaps.push({ from: emitter.max + 1, to: n - 1, at, ms });
      emitter.max = n;
    } else if (!fill(emitter, n)) {
      if (emitter.voided.has(n)) warnings.push(voidPresent(inst, n, at));
      else
        problems.push({
          code: "number_twice",
          at,
          message: `Process ${inst} used number ${n} twice.`,
        });
    }
    emitter.lastMs = Math.max(emitter.lastMs, ms);
    emitter.lastAt = at;

    if (event.kind === "emitter.start") {
      emitter.started = true;
      if (n !== 1) problems.push(order(inst, at, `says that it starts with event ${n}, not 1`));
    } else if (event.kind === "emitter.stop") {
      emitter.stop = { last: event.last, at };
      if (event.last !== n)
        problems.push(order(inst, at, "stops with another number than its last"));
    } else if (event.kind === "emit.void") {
      for (const number of event.voided) {
        emitter.voided.add(number);
        if (number >= n) problems.push(order(inst, at, `voids number ${number} before using it`));
        else if (!fill(emitter, number)) warnings.push(voidPresent(inst, number, at));
      }
    }
    return { problems, warnings };
  }

  /** What is still missing once all events were seen. */
  finish(): { problems: Finding[]; warnings: Finding[] } {
    const problems: Finding[] = [];
    const warnings: Finding[] = [];
    for (const [inst, emitter] of this.#emitters) {
      const { gaps, lastAt, max, stop } = emitter;
      if (!emitter.started) {
        const message = `Process ${inst} wrote events but never started: somebody else wrote them, or its start was deleted.`;
        problems.push({ code: "emitter_unknown", at: lastAt, message });
      }
      if (stop !== undefined && max > stop.last) {
        problems.push(
          order(inst, stop.at, `went on after it had stopped with number ${stop.last}`),
        );
      }
      for (const gap of gaps) {
        const what =
          gap.from === gap.to ? `number ${gap.from}` : `numbers ${gap.from} to ${gap.to}`;
        if (stop !== undefined || emitter.lastMs - gap.ms > this.#tailMs) {
          const message = `Process ${inst} lacks ${what}, and nothing says that they were rolled back: an event was deleted before it was sealed into the tree.`;
          problems.push({ code: "emitter_gap", at: gap.at, message });
        } else {
          const message = `Process ${inst} lacks ${what} in its last seconds: crash, or still running; whether there were such events is unknown.`;
          warnings.push({ code: "emitter_tail", at: gap.at, message });
        }
      }
      if (stop === undefined) {
        const message = `Process ${inst} never stopped (crash, n unknown, or it still runs): it may have written events after number ${max}.`;
        warnings.push({ code: "emitter_open", at: lastAt, message });
      }
    }
    return { problems, warnings };
  }
}

function newEmitter(): Emitter {
  return { max: 0, gaps: [], voided: new Set(), lastMs: 0, lastAt: 0, started: false };
}

/** Takes a number out of the gaps; false where it was in none. */
function fill(emitter: Emitter, n: number): boolean {
  const index = emitter.gaps.findLastIndex(({ from, to }) => from <= n && n <= to);
  const gap = emitter.gaps[index];
  if (gap === undefined) return false;
  const parts = [
    { ...gap, to: n - 1 },
    { ...gap, from: n + 1 },
  ].filter(({ from, to }) => from <= to);
  emitter.gaps.splice(index, 1, ...parts);
  return true;
}

function order(inst: string, at: number, fault: string): Finding {
  return { code: "emitter_order", at, message: `Process ${inst} ${fault}.` };
}

function voidPresent(inst: string, n: number, at: number): Finding {
  const message = `Process ${inst} called number ${n} rolled back, but its event stands in the log.`;
  return { code: "void_present", at, message };
}
