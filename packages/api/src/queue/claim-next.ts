import type { Database } from "@secondlook/db/database";
import { type Claimed, claimRound, reserveNext } from "@secondlook/db/queue/claim";
import { claimKept } from "@secondlook/db/queue/claim-kept";
import { type Claimer, lockClaimer } from "@secondlook/db/queue/claimer";
import { ranksOf } from "@secondlook/db/queue/eligibility";
import { openReserved } from "@secondlook/db/queue/grant";
import { type HeldRound, ownLeases } from "@secondlook/db/queue/lease";
import { endLeases } from "@secondlook/db/queue/release";
import { type EmptyQueue, whyEmpty } from "@secondlook/db/queue/why-empty";
import { setPaused } from "@secondlook/db/staff/sessions";
import { z } from "zod";
import type { RecordInTransaction } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { claimResultSchema } from "../schemas/work.ts";
import { claimResultOf } from "./claim-result.ts";
import { endLeasesOf } from "./end-leases.ts";
import { claimEvents, endEvents, openEvent, recordAll } from "./lease-events.ts";

interface Leases {
  readonly active: HeldRound;
  readonly reserved: HeldRound | undefined;
}

/** How often a claim is repeated where a case came free while it found nothing. */
const ATTEMPTS = 3;

/**
 * The next case to work on: the one that is open already, else the one that was kept ready, unless
 * something more urgent waits, else the most urgent one; and one to be kept ready behind it.
 */
export const claimNext = procedure
  .meta({
    permission: "queue.claim",
    records: ["case.open", "case.claim", "case.reserve", "queue.search"],
  })
  .input(z.strictObject({}))
  .output(claimResultSchema)
  .mutation(async ({ ctx }) => {
    const { deps, recorder, staff } = ctx;
    for (let attempt = 1; ; attempt++) {
      const found = await recorder.transaction(async (tx, record) => {
        const claimer = await insistClaimer(tx, staff.id);
        if (staff.paused === true) await setPaused(tx, staff.sessionId, false);
        // Where a first look overlooked something, the next one is thorough.
        const leases = await takeLeases(tx, record, { claimer, thorough: attempt > 1 });
        return leases ?? (await whyEmpty(tx, claimer));
      });
      if ("active" in found) return claimResultOf(deps, staff.id, found);
      if (found.reason === "claimable_now" && attempt < ATTEMPTS) continue;
      // Nobody's data is shown, but that somebody asked stands in the log like any other look.
      await recorder.read([{ kind: "queue.search", outcome: "allowed" }]);
      return emptyResult(found);
    }
  });

/** Locks the caller's account, which may have lost its role since this request began. */
export async function insistClaimer(tx: Database, staffId: string): Promise<Claimer> {
  const claimer = await lockClaimer(tx, staffId);
  if (claimer === undefined) {
    throw new Refusal("forbidden", "Your role does not include reviewing cases any more.");
  }
  return claimer;
}

async function takeLeases(
  tx: Database,
  record: RecordInTransaction,
  { claimer, thorough }: { readonly claimer: Claimer; readonly thorough: boolean },
): Promise<Leases | undefined> {
  const held = await ownLeases(tx, claimer.id);
  if (held.hasRunOut) {
    const over = await endLeases(tx, { staffId: claimer.id, which: "ran_out" });
    await recordAll(record, endEvents(over, { staffId: claimer.id, reason: "ran_out" }));
  }
  if (held.active !== undefined && !ranksOf(claimer.role).includes(held.active.stageRank)) {
    // Their role was for such a round when they claimed it, and is not any more.
    await endLeasesOf(tx, record, { staffId: claimer.id, reason: "not_eligible" });
    return takeLeases(tx, record, { claimer, thorough });
  }
  if (held.active !== undefined) {
    await record(openEvent(held.active, "resume"));
    return { active: held.active, reserved: held.reserved ?? (await reserve(tx, record, claimer)) };
  }
  if (held.reserved !== undefined) {
    // What was kept ready stays ready behind what a lead gives them, or something more urgent.
    const given = await takeGiven(tx, record, claimer);
    if (given !== undefined) return { active: given, reserved: held.reserved };
    const urgent = await claimRound(tx, { staff: claimer, kind: "active", before: held.reserved });
    if (urgent !== undefined) {
      await recordAll(record, claimEvents(urgent));
      return { active: urgent.held, reserved: held.reserved };
    }
    const opened = await openReserved(tx, claimer.id);
    if (opened !== undefined) {
      await record(openEvent(opened));
      return { active: opened, reserved: await reserve(tx, record, claimer) };
    }
    // They had a part in that case since, or it ran out this moment.
    const dropped = await endLeases(tx, { staffId: claimer.id, which: "reserved" });
    await recordAll(record, endEvents(dropped, { staffId: claimer.id, reason: "not_eligible" }));
  }
  const given = await takeGiven(tx, record, claimer);
  if (given !== undefined) return { active: given, reserved: await reserve(tx, record, claimer) };
  const claimed = await claimRound(tx, { staff: claimer, kind: "active", thorough });
  if (claimed === undefined) return undefined;
  await recordAll(record, claimEvents(claimed));
  return { active: claimed.held, reserved: await reserve(tx, record, claimer) };
}

/** Takes what a lead keeps for this person, if anything. */
async function takeGiven(
  tx: Database,
  record: RecordInTransaction,
  claimer: Claimer,
): Promise<HeldRound | undefined> {
  const given = await claimKept(tx, claimer);
  if (given !== undefined) {
    await recordAll(record, claimEvents({ held: given, expired: undefined }, "given"));
  }
  return given;
}

/** Keeps one more case ready, where there is one. */
async function reserve(
  tx: Database,
  record: RecordInTransaction,
  claimer: Claimer,
): Promise<HeldRound | undefined> {
  const reserved: Claimed | undefined = await reserveNext(tx, claimer);
  if (reserved !== undefined) await recordAll(record, claimEvents(reserved));
  return reserved?.held;
}

function emptyResult(found: EmptyQueue): z.output<typeof claimResultSchema> {
  return found.reason === "claimable_now"
    ? { state: "empty", reason: "all_being_worked", nextAt: null }
    : { state: "empty", reason: found.reason, nextAt: found.nextAt?.toISOString() ?? null };
}
