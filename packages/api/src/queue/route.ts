import type { EventBody } from "@secondlook/audit/event";
import { isJudging } from "@secondlook/db/cases/page-visit";
import type { Database } from "@secondlook/db/database";
import { changePriority } from "@secondlook/db/queue/change-priority";
import { findClaimer, lockClaimer } from "@secondlook/db/queue/claimer";
import {
  keepFor,
  keepForNobody,
  lockOpenRound,
  mayStillJudge,
  mayWorkRound,
  recordRouting,
  type RoutedRound,
  takeAway,
} from "@secondlook/db/queue/route-round";
import type { CancelReason } from "@secondlook/domain/queue/cancelled";
import type { RouteResult } from "@secondlook/domain/queue/route";
import type { z } from "zod";
import type { Staff } from "../core/context.ts";
import type { RecordInTransaction } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { routeInput, routeOutput } from "../schemas/routing.ts";

type Input = z.output<typeof routeInput>;
type RoutedCase = Input["cases"][number];
type Assign = Extract<Input["act"], { kind: "assign" }>;

/**
 * Changes where cases go: keeps them for somebody, gives them back to everybody, or makes them more or
 * less urgent. Each case is a transaction of its own, and each is told of: what is not any more as
 * the list showed it is left alone. Nothing here judges, and none of it tells a lead who may still
 * judge a case anything of it (docs/decisions/0015).
 */
export const route = procedure
  .meta({ permission: "queue.route", records: ["case.route", "queue.search"] })
  .input(routeInput)
  .output(routeOutput)
  .mutation(async ({ ctx, input }) => {
    const { recorder, staff } = ctx;
    if (input.act.kind === "assign" && input.act.to === staff.id) {
      throw new Refusal(
        "invalid_input",
        "Choose somebody else: whoever routes a case by name gives up judging it.",
      );
    }
    const results: z.output<typeof routeOutput>["results"] = [];
    for (const each of input.cases) {
      const result = await recorder.transaction((tx, record) =>
        routeCase({ tx, record, staff }, input, each),
      );
      results.push({ caseId: each.caseId, result });
    }
    // What was left alone shows something, too: that the case is not as it was.
    if (!recorder.committed.has("case.route")) {
      await recorder.read([{ kind: "queue.search", outcome: "allowed", fields: ["routing"] }]);
    }
    return { results };
  });

interface By {
  readonly tx: Database;
  readonly record: RecordInTransaction;
  readonly staff: Staff;
}

async function routeCase(by: By, input: Input, on: RoutedCase): Promise<RouteResult> {
  switch (input.act.kind) {
    case "assign":
      return assign(by, input.act, input.reason, on);
    case "release":
      return release(by, input.reason, on);
    case "put_back":
      return putBack(by, input.reason, on);
    case "priority": {
      const { to } = input.act;
      const { tx, record } = by;
      const { caseId, priority: expected } = on;
      if (to === expected) return "done";
      const changed = await changePriority(tx, { caseId, expected, to });
      if (changed === undefined) return "changed";
      await record({
        kind: "case.route",
        outcome: "allowed",
        case: caseId,
        subject: changed,
        method: `priority.${to}`,
        reason: input.reason,
      });
      return "done";
    }
  }
}

/**
 * Keeps the case for a person. Whoever asks gives up judging it before they are told anything, and
 * may so be told who can't have it.
 */
async function assign(by: By, act: Assign, reason: string, on: RoutedCase): Promise<RouteResult> {
  const { tx, record, staff } = by;
  // Whatever gives this lead a lease waits for this lock, so none begins meanwhile.
  await lockClaimer(tx, staff.id);
  const round = await lockOpenRound(tx, on.caseId);
  if (await isJudging(tx, { caseId: on.caseId, staffId: staff.id })) return "yours";
  const subject = await recordRouting(tx, on.caseId, staff.id);
  if (subject === undefined) return "changed";
  const told = { case: on.caseId, subject, method: "assign", reason, user: act.to } as const;
  if (round === undefined || round.isActive !== on.held || round.isKept !== on.kept) {
    await record({ ...told, kind: "case.route", outcome: "denied" });
    return "changed";
  }
  const person = await findClaimer(tx, act.to);
  if (person === undefined || !(await mayWorkRound(tx, round, person))) {
    await record({ ...told, ...routeEvent(round), outcome: "denied" });
    return "not_eligible";
  }
  const until = new Date(round.notBefore.getTime() + act.minutes * 60_000);
  await endLease(by, round, { reason: "given_to_another", from: until });
  await keepFor(tx, round, { staffId: person.id, until });
  await record({ ...told, ...routeEvent(round), until: until.toISOString() });
  return "done";
}

/** Ends the lease of whoever works on the case, and gives it back to everybody. */
async function release(by: By, reason: string, on: RoutedCase): Promise<RouteResult> {
  const round = await lockOpenRound(by.tx, on.caseId);
  if (round === undefined || !round.isActive || !on.held || round.holder === null) return "changed";
  if (round.holder === by.staff.id) return "yours";
  await endLease(by, round, { reason: "released_by_lead", from: round.notBefore });
  await by.record({ ...routeEvent(round), method: "release", reason, user: round.holder });
  return "done";
}

/** Gives a case that is kept for somebody back to everybody; who may still judge it is not told. */
async function putBack(by: By, reason: string, on: RoutedCase): Promise<RouteResult> {
  const { tx, record, staff } = by;
  const round = await lockOpenRound(tx, on.caseId);
  const asker = await findClaimer(tx, staff.id);
  if (round === undefined || asker === undefined || !round.isKept) return "changed";
  if (await mayStillJudge(tx, round, asker)) return "changed";
  await endLease(by, round, { reason: "released_by_lead", from: round.notBefore });
  await keepForNobody(tx, round);
  await record({ ...routeEvent(round), method: "put_back", reason });
  return "done";
}

async function endLease(
  { tx, record }: By,
  round: RoutedRound,
  how: { readonly reason: CancelReason; readonly from: Date },
): Promise<void> {
  await takeAway(tx, round, how);
  const { kind: _, ...place } = routeEvent(round);
  const { fence, holder, ranOut } = round;
  if (ranOut !== null) await record({ ...place, kind: "case.expire", fence, user: ranOut });
  if (holder === null) return;
  await record({ ...place, kind: "case.cancel", fence, user: holder, reason: how.reason });
}

function routeEvent(round: RoutedRound) {
  return {
    kind: "case.route",
    outcome: "allowed",
    case: round.caseId,
    subject: round.probeSubjectId,
    cycle: round.cycle,
    round: round.round,
  } as const satisfies Partial<EventBody>;
}
