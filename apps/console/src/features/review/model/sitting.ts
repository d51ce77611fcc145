/** After so long at work without a break, one is offered. */
const OFFER_AFTER_MS = 50 * 60_000;
/** A pause of so long is a break. */
const BREAK_MS = 5 * 60_000;
/** Offered again so long after "later". */
const AGAIN_MS = 25 * 60_000;

/** How long somebody has been at work; all times in epoch milliseconds. */
export interface Sitting {
  readonly since: number;
  readonly lastActive: number;
  /** No break is offered before then. */
  readonly notBefore: number;
}

export function startSitting(now: number): Sitting {
  return { since: now, lastActive: now, notBefore: now + OFFER_AFTER_MS };
}

/** Something was done: after a break a new sitting begins. */
export function active(sitting: Sitting, now: number): Sitting {
  if (now - sitting.lastActive >= BREAK_MS) return startSitting(now);
  return { ...sitting, lastActive: now };
}

/** Whether a break is to be offered; never to somebody who just has one. */
export function offersBreak(sitting: Sitting, now: number): boolean {
  return now >= sitting.notBefore && now - sitting.lastActive < BREAK_MS;
}

/** "Later": it is offered again after a while. */
export function later(sitting: Sitting, now: number): Sitting {
  return { ...sitting, notBefore: now + AGAIN_MS };
}
