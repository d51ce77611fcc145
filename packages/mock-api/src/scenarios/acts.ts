import { run, textArray } from "@secondlook/db/database";
import type { Outcome } from "@secondlook/domain/decisions/outcome";
import type { ReasonCode } from "@secondlook/domain/decisions/reasons";
import { sql } from "drizzle-orm";
import type { Person } from "../person.ts";
import type { InputOf, OutputOf } from "../procedures.ts";
import type { World } from "../world.ts";

/** What somebody works on after a claim. */
export type Work = Extract<OutputOf<"queue.claimNext">, { state: "work" }>["active"];
type Rating = InputOf<"judging.seal">["judgement"]["rating"];

/** Takes every case but these out of the queue; by their names in the demo. */
export async function only(world: World, names: readonly string[]): Promise<void> {
  const kept = names.map((name) => externalIdOf(world, name));
  await run(
    world.backend.superuser,
    sql`update app.round r set state = 'closed', holder = null, lease_kind = null
        from app.review_case c where c.id = r.case_id and r.state = 'open'
          and not (c.external_id = any(${textArray(kept)}))`,
  );
}

/** As `only` for cases that were sent by a scenario: everything of the demo goes. */
export const nothingElse = (world: World): Promise<void> => only(world, []);

function externalIdOf(world: World, name: string): string {
  const found = world.backend.index.cases[name];
  if (found === undefined) {
    const known = Object.keys(world.backend.index.cases).join(", ");
    throw new Error(`The demo has no case called ${name}; it has ${known}.`);
  }
  return found;
}

/** The next case in the queue. Throws where there is none. */
export async function claim(person: Person): Promise<Work> {
  const claimed = await person.call("queue.claimNext", {});
  if (claimed.state === "empty")
    throw new Error(`${person.handle} found nothing: ${claimed.reason}`);
  return claimed.active;
}

const leaseOf = ({ caseId, fence }: Work) => ({ caseId, fence });

/** Opens and seals the first `count` candidates, or all, after the minimum view. */
export async function sealSome(
  world: World,
  person: Person,
  work: Work,
  options: { readonly rating: Rating; readonly count?: number },
): Promise<void> {
  const { rating, count = work.candidates.length } = options;
  for (const { candidateId } of work.candidates.slice(0, count)) {
    await person.call("judging.openCandidate", { ...leaseOf(work), candidateId });
    await world.backend.clock.pass(work.rules.minimumViewSeconds);
    await person.call("judging.seal", {
      ...leaseOf(work),
      candidateId,
      judgement: { rating, components: { ears: "alike", nose: "alike" }, missing: [] },
    });
  }
}

/** Seals everything and has the machine's opinion shown. */
export async function revealAll(
  world: World,
  person: Person,
  work: Work,
  rating: Rating,
): Promise<void> {
  await sealSome(world, person, work, { rating });
  await person.call("judging.reveal", leaseOf(work));
}

interface Verdict {
  readonly outcome: Extract<Outcome, "duplicate" | "distinct" | "identity_mule">;
  readonly reason: ReasonCode;
  readonly rationale: string;
}

/** Judges the whole case and decides it; its undo window is over afterwards. */
export async function decide(
  world: World,
  person: Person,
  work: Work,
  verdict: Verdict,
): Promise<void> {
  const same = verdict.outcome === "duplicate";
  await revealAll(world, person, work, same ? 3 : -3);
  await person.call("decisions.submit", {
    ...leaseOf(work),
    outcome: verdict.outcome,
    findings: work.candidates.map(({ candidateId }) => ({
      candidateId,
      finding: same ? "same" : "different",
    })),
    reasons: [verdict.reason],
    rationale: verdict.rationale,
    exemption: null,
    inconclusiveRoute: null,
    question: null,
  });
  // What the decider holds ready goes back, or nobody else could have it.
  await person.call("queue.pause", undefined);
  await world.backend.clock.pass(work.rules.undoSeconds + 1);
  await world.settle();
}

/** Keeps a decision's form as it was filled in and not sent. */
export async function draft(
  person: Person,
  work: Work,
  content: Partial<InputOf<"drafts.save">["content"]>,
): Promise<void> {
  await person.call("drafts.save", {
    ...leaseOf(work),
    content: {
      judgements: {},
      findings: {},
      outcome: null,
      reasons: [],
      rationale: "",
      question: "",
      exemptionNote: "",
      ...content,
    },
  });
}

/** Lets the active lease of an account end now, as its time would. */
export async function endLease(world: World, handle: string): Promise<void> {
  await run(
    world.backend.superuser,
    sql`update app.round set claimable_at = app.now()
        where state = 'open' and lease_kind = 'active'
          and holder = (select id from app.staff where handle = ${handle})`,
  );
}

/** Ends every session of an account, as an administrator or time would. */
export async function endSessions(world: World, handle: string): Promise<void> {
  await run(
    world.backend.superuser,
    sql`update app.session set ended_at = app.now()
        where ended_at is null and staff_id = (select id from app.staff where handle = ${handle})`,
  );
}
