import type { Bench } from "./bench.ts";
import { attempt, type Desk } from "./desk.ts";
import { leaseOf } from "./review-state.ts";
import { loseLease } from "./taking.ts";

/** Renews both leases, tells the server whether somebody is at work, and hears what was lost. */
export function beat(desk: Desk, activity: Activity): { now(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  async function once(): Promise<void> {
    const { bench, reserved, lost, busy } = desk.state.get();
    if (bench === null || busy === "deciding") return;
    if (lost !== null) return lost.free === true ? askWhetherFree(desk, bench) : undefined;
    const works = reserved === null ? [bench.work] : [bench.work, reserved];
    const result = await attempt(() =>
      desk.api.heartbeat(works.map(leaseOf), activity.sinceLast()),
    );
    if (!result.ok || stopped || !desk.isStill(bench)) return;
    for (const lease of result.value) {
      const isActive = lease.caseId === bench.work.caseId;
      if (lease.state === "held" && isActive) {
        const { leaseUntil, hardUntil } = lease;
        desk.change(bench, (current) => ({
          ...current,
          work: { ...current.work, leaseUntil, hardUntil },
        }));
      } else if (lease.state === "lost" && isActive) await loseLease(desk, lease);
      else if (lease.state === "lost") dropReserved(desk, lease.caseId);
    }
  }

  let planned: number | null = null;
  function next(): void {
    clearTimeout(timer);
    const seconds = desk.state.get().bench?.work.rules.heartbeatSeconds ?? null;
    planned = seconds;
    if (seconds === null || stopped) return;
    timer = setTimeout(() => void once().finally(next), seconds * 1000);
  }

  next();
  // The first case brings the policy's rhythm with it; another region's case may bring another.
  const unsubscribe = desk.state.subscribe(() => {
    if ((desk.state.get().bench?.work.rules.heartbeatSeconds ?? null) !== planned) next();
  });
  return {
    now: () => void once(),
    stop() {
      stopped = true;
      unsubscribe();
      clearTimeout(timer);
    },
  };
}

/** A lost case that was free may be somebody else's by now. */
async function askWhetherFree(desk: Desk, bench: Bench): Promise<void> {
  const result = await attempt(() => desk.api.heartbeat([leaseOf(bench.work)], false));
  if (!result.ok || !desk.isStill(bench) || desk.state.get().lost === null) return;
  const [mine] = result.value;
  if (mine?.state === "lost" && !mine.free) {
    desk.patch({ lost: { free: false, why: mine.why } });
    desk.say("Another reviewer has the case now, or it is done.");
  }
}

/** Whether the person did something. */
export interface Activity {
  /** Since this was asked last. */
  readonly sinceLast: () => boolean;
}

function dropReserved(desk: Desk, caseId: string): void {
  if (desk.state.get().reserved?.caseId !== caseId) return;
  desk.media.forget(caseId);
  desk.patch({ reserved: null });
}
