import type { Outcome } from "@secondlook/domain/decisions/outcome";
import type { PolicyDocument } from "@secondlook/domain/policy/policy";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { AGE_BANDS } from "@secondlook/domain/queue/bands";
import type { Browser } from "@secondlook/testkit/api/browser";
import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { seededRandom } from "@secondlook/testkit/api/seeded-random";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { dataOf, isReveal, Transcript } from "../test-support/transcript.ts";
import { claimResultSchema, type WorkCase } from "./schemas/work.ts";

/** Below it a candidate is not shown, so scores are shuffled among those above it only. */
const MINIMUM = 80;
const POLICY: PolicyDocument = {
  base: {
    ...POLICY_V1.base,
    thresholds: [{ provider: "rekognition", modelVersion: "*", minimum: MINIMUM }],
  },
  regions: {},
};

/** Each with some candidates that are shown; the last one of some lies below the threshold. */
const CASES: readonly (readonly number[])[] = [
  [99.9, 80.1],
  [98.2, 91.5, 84, 41.5],
  [97, 96, 95, 94, 93],
  [88.8],
];

const REASON = {
  duplicate: "same_face",
  permitted_second_account: "exemption_business",
  distinct: "different_face",
  inconclusive: "cannot_tell",
  identity_mule: "fronted_account",
} as const satisfies Record<Outcome, string>;

/** The same draws at each run with this seed, whatever the server answers. */
function dice(seed: number): (sides: number) => number {
  const random = seededRandom(seed);
  return (sides) => (random(1)[0] ?? 0) % sides;
}

/**
 * Gives each shown candidate another one's similarity, rank and provider's id, and turns the
 * recommendation round. Ids and everything else stay.
 */
async function shuffleMachine(app: TestApp): Promise<number> {
  const moved = await app.superuser.query(
    `with given as (
       select s.candidate_id, s.similarity, s.rank, s.match_id, c.case_id,
              row_number() over w as n, count(*) over (partition by c.case_id) as of
       from sealed.score s join app.candidate c on c.id = s.candidate_id where s.similarity >= $1
       window w as (partition by c.case_id order by s.rank))
     update sealed.score s set similarity = other.similarity, rank = other.rank, match_id = other.match_id
     from given own join given other on other.case_id = own.case_id and other.n = own.n % own.of + 1
     where s.candidate_id = own.candidate_id and own.of > 1`,
    [MINIMUM],
  );
  await app.superuser.query(
    `update sealed.matcher_run set threshold = threshold - 11, model_version = '6.1', gallery = 'other',
       recommendation = case recommendation when 'same_person' then 'different_person' else 'same_person' end`,
  );
  return moved.rowCount ?? 0;
}

/** One deployment: the same seed, clock and cases; with `shuffled` the machine said something else. */
async function play(seed: number, shuffled: boolean): Promise<Transcript> {
  await using app = await createTestApp({ seed, policy: POLICY });
  await app.clock.stopAt(new Date("2040-01-02T03:04:05.000Z"));
  const transcript = new Transcript();
  const roll = dice(seed);
  const source = transcript.browser(app, "source", undefined);
  const caseIds: string[] = [];
  for (const [index, similarities] of CASES.entries()) {
    const body = caseBody({ externalId: `ver_${index}`, similarities });
    const response = await app.sendCase(body, plainFiles(body));
    caseIds.push(z.object({ caseId: z.string() }).parse(await response.json()).caseId);
  }
  if (shuffled) expect(await shuffleMachine(app)).toBe(10);

  const people = new Map<string, Browser>();
  for (const handle of ["reviewer-1", "reviewer-2", "reviewer-3", "lead-1", "lead-2"]) {
    const { token } = await app.signIn(handle);
    people.set(handle, transcript.browser(app, handle, token));
  }
  const hands = ["reviewer-1", "reviewer-2", "reviewer-3", "lead-1"] as const;
  const overseer = people.get("lead-2");
  for (let turn = 0; turn < 10; turn++) {
    const browser = people.get(hands[roll(hands.length)] ?? "lead-1");
    const stranger = people.get(hands[roll(hands.length)] ?? "lead-1");
    if (browser === undefined || stranger === undefined || overseer === undefined)
      throw new Error();
    await work(app, { browser, stranger, roll });
    await app.clock.pass({ seconds: roll(2) === 0 ? 11 : 3 });
    await oversee(overseer);
    const caseId = caseIds[roll(caseIds.length)] ?? "";
    await overseer.call("cases.search", {
      id: caseId,
      region: null,
      outcome: null,
      from: null,
      to: null,
      cursor: null,
    });
    await source.fetch(`/v1/cases/${caseId}`, {
      headers: { authorization: `Bearer ${app.source.key}` },
    });
  }
  for (const caseId of caseIds) {
    await overseer?.call("cases.page", { caseId });
  }
  expect(app.errors).toEqual([]);
  return transcript;
}

/** Everything that a lead may read on the queue's page. */
async function oversee(lead: Browser): Promise<void> {
  const whole = { region: null, cursor: null };
  for (const order of ["priority", "due", "oldest"]) {
    await lead.call("queue.overview", { ...whole, order });
  }
  for (const age of AGE_BANDS) await lead.call("queue.overview", { ...whole, age });
  for (const region of [null, "VN"]) {
    await lead.call("queue.summary", { region });
    await lead.call("queue.nobody", { region, cursor: null });
    await lead.call("queue.questions", { region });
    await lead.call("decisions.mistakes", { region, handled: false, cursor: null });
  }
  await lead.call("queue.onShift");
  await lead.fetch("/live/now");
}

interface Turn {
  readonly browser: Browser;
  readonly stranger: Browser;
  readonly roll: (sides: number) => number;
}

/** One person's turn: what they get, they look at, try too early, rate, see revealed and decide. */
async function work(app: TestApp, turn: Turn): Promise<void> {
  const { browser, stranger, roll } = turn;
  const claim = await browser.call("queue.claimNext", {});
  const claimed = claimResultSchema.parse(dataOf(claim, "queue.claimNext"));
  if (claimed.state === "empty") return;
  const { active, reserved } = claimed;
  const lease = { caseId: active.caseId, fence: active.fence };
  const cases = reserved === null ? [active] : [active, reserved];
  for (const each of cases) await look(browser, each);
  await browser.call("queue.heartbeat", {
    leases: cases.map(({ caseId, fence }) => ({ caseId, fence })),
    active: true,
  });
  const submission = submissionOf(active, roll);
  const sealed = new Set(
    active.candidates.flatMap((each) => (each.sealed === null ? [] : [each.candidateId])),
  );
  await browser.call("judging.reveal", lease);
  await browser.call("decisions.submit", submission);
  await stranger.call("judging.reveal", lease);
  for (const { candidateId, finding } of submission.findings) {
    const shown = { ...lease, candidateId };
    const judgement = judgementOf(finding);
    await browser.call("judging.attributes", shown);
    await browser.call("judging.revealField", { ...shown, field: "dateOfBirth" });
    await browser.call("judging.openCandidate", shown);
    await browser.call("judging.seal", { ...shown, judgement });
    await app.clock.pass({ seconds: 4 + roll(3) });
    if (roll(3) === 0) await browser.call("queue.claimNext", {});
    await browser.call("judging.seal", { ...shown, judgement });
    await browser.call("judging.reveal", lease);
    await browser.call("judging.attributes", shown);
    await browser.call("judging.revealField", { ...shown, field: "dateOfBirth" });
    await browser.call("drafts.save", { ...lease, content: draftOf(roll(1000)) });
    // After an undo the seals are there already, and the rating may be another now.
    if (roll(4) === 0 || sealed.has(candidateId)) {
      await browser.call("judging.amend", { ...shown, judgement });
    }
  }
  if (roll(5) === 0) {
    await browser.call("queue.release", { ...lease, reason: "skip", until: null });
    return;
  }
  await browser.call("judging.reveal", lease);
  await browser.call("queue.claimNext", {});
  const decided = await browser.call("decisions.submit", submission);
  if (roll(3) > 0 || decided.status !== 200) return;
  const { decisionId } = z.object({ decisionId: z.string() }).parse(decided.data);
  await browser.call("decisions.undo", { decisionId });
}

async function look(browser: Browser, { probe, candidates, ...lease }: WorkCase): Promise<void> {
  for (const { evidenceId, renditions } of [probe, ...candidates].flatMap(
    (side) => side.evidence,
  )) {
    for (const { name } of renditions.filter(
      (each) => each.name !== "thumb" && each.name !== "detail",
    )) {
      await browser.fetch(`/media/${evidenceId}/${name}?case=${lease.caseId}&fence=${lease.fence}`);
    }
  }
}

function judgementOf(finding: "same" | "different" | "unresolved") {
  const rating = { same: 2, different: -2, unresolved: 0 }[finding];
  return { rating, components: { ears: "alike" }, missing: rating === 0 ? ["pose_differs"] : [] };
}

function draftOf(number: number) {
  const empty = { judgements: {}, findings: {}, outcome: null, reasons: [] };
  return { ...empty, rationale: `Draft ${number}`, question: "", exemptionNote: "" };
}

function submissionOf(work: WorkCase, roll: (sides: number) => number) {
  const harms = roll(2) === 0 && work.candidates.length > 0;
  const unsure = !harms && roll(4) === 0;
  const outcome: Outcome = harms ? "duplicate" : unsure ? "inconclusive" : "distinct";
  const first: "same" | "different" | "unresolved" = harms
    ? "same"
    : unsure
      ? "unresolved"
      : "different";
  return {
    caseId: work.caseId,
    fence: work.fence,
    outcome,
    findings: work.candidates.map(({ candidateId }, index) => ({
      candidateId,
      finding: index === 0 ? first : "different",
    })),
    reasons: [REASON[outcome]],
    rationale: "As seen.",
    exemption: null,
    inconclusiveRoute: unsure ? "lead" : null,
    question: unsure ? "What do you see?" : null,
  };
}

describe("until the reveal nothing that leaves the server tells the machine's opinion", () => {
  test.each([1, 2, 3])(
    "scores, ranks and recommendation shuffled among the shown: the same bytes (seed %s)",
    async (seed) => {
      const [one, other] = await Promise.all([play(seed, false), play(seed, true)]);
      const hidden = (entries: Transcript["entries"]) =>
        entries.map((entry) => (isReveal(entry) ? { asked: entry.asked } : entry));
      expect(hidden(other.entries)).toEqual(hidden(one.entries));
      // The shuffle must have been there to be seen, and enough must have been asked.
      const reveals = (of: Transcript) => of.entries.filter(isReveal);
      const differing = reveals(one).filter((entry, at) => entry.body !== reveals(other)[at]?.body);
      expect(differing.length).toBeGreaterThan(2);
      expect(one.entries.length).toBeGreaterThan(200);
      const refusedEarly = one.entries.filter(
        (entry) => entry.asked.endsWith("judging.reveal") && entry.status === 409,
      );
      expect(refusedEarly.length).toBeGreaterThan(10);
    },
    120_000,
  );
});

/** A case in this round, as whoever gets it sees it: everything up to the reveal, and after it. */
async function playRound(round: "first" | "second" | "adjudication"): Promise<Transcript> {
  await using app = await createTestApp({ seed: 5, policy: POLICY });
  await app.clock.stopAt(new Date("2040-01-02T03:04:05.000Z"));
  const body = caseBody({ externalId: "ver_round", similarities: [97, 92] });
  await app.sendCase(body, plainFiles(body));
  if (round !== "first") {
    await app.superuser.query(`update app.review_case set stage = $1, policy_version = 1`, [round]);
    await app.superuser.query("select sealed.pin_shown(id, 1) from app.review_case");
    await app.superuser.query("update app.round set state = 'decided'");
    await app.superuser.query(
      `insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since)
       select case_id, cycle, $1, route_id, $2, priority, due_at, claimable_at, waiting_since from app.round`,
      [round, round === "second" ? 1 : 0],
    );
  }
  const transcript = new Transcript();
  const { token } = await app.signIn("lead-1");
  const browser = transcript.browser(app, "lead-1", token);
  await work(app, { browser, stranger: browser, roll: () => 1 });
  // Asked while the decision can still be undone: whether another round follows isn't told either.
  await browser.call("queue.claimNext", {});
  expect(app.errors).toEqual([]);
  return transcript;
}

test("nor does it tell whether a colleague has judged the case before", async () => {
  const [first, second, adjudication] = await Promise.all([
    playRound("first"),
    playRound("second"),
    playRound("adjudication"),
  ]);
  expect(first.entries.length).toBeGreaterThan(20);
  expect(second.entries).toEqual(first.entries);
  const revealed = first.entries.findIndex(isReveal);
  expect(revealed).toBeGreaterThan(10);
  expect(adjudication.entries.slice(0, revealed)).toEqual(first.entries.slice(0, revealed));
});

/** What another lead reads of a case in this round: before, while and after a colleague works on it. */
async function watchRound(round: "first" | "second" | "adjudication"): Promise<Transcript> {
  await using app = await createTestApp({ seed: 5, policy: POLICY });
  await app.clock.stopAt(new Date("2040-01-02T03:04:05.000Z"));
  const body = caseBody({ externalId: "ver_round", similarities: [97, 92] });
  await app.sendCase(body, plainFiles(body));
  await app.clock.pass({ hours: 5 });
  const judging = await app.signIn("lead-1");
  const { token } = await app.signIn("lead-2");
  if (round !== "first") {
    // With the question and the mistake of whoever judged it before, as an escalation leaves them.
    await app.superuser.query(`update app.review_case set stage = $1, policy_version = 1`, [round]);
    await app.superuser.query("select sealed.pin_shown(id, 1) from app.review_case");
    await app.superuser.query("update app.round set state = 'decided'");
    await app.superuser.query(
      `insert into app.decision (id, case_id, cycle, round, staff_id, outcome, reasons, policy_version, fence, is_final,
                                 decided_at, undo_until)
       select 'dec_before', id, 1, 'first', $1, 'inconclusive', '{cannot_tell}', 1, 1, false,
              app.now() - interval '1 h', app.now() - interval '1 h' from app.review_case`,
      [app.staffId("reviewer-1")],
    );
    await app.superuser.query(
      "insert into app.question select id, 1, 'first', $1, 'text'::bytea, app.now() from app.review_case",
      [app.staffId("reviewer-1")],
    );
    await app.superuser.query(
      "insert into app.mistake (decision_id, note) values ('dec_before', 'x')",
    );
    await app.superuser.query(
      `insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since)
       select case_id, cycle, $1, route_id, $2, priority, due_at, app.now() - interval '1 min', app.now() - interval '1 min'
       from app.round`,
      [round, round === "second" ? 1 : 0],
    );
  }
  const transcript = new Transcript();
  const watching = transcript.browser(app, "lead-2", token);
  await oversee(watching);
  await watching.call("queue.readQuestion", { decisionId: "dec_before" });
  await watching.call("decisions.readMistake", { decisionId: "dec_before" });
  await judging.call("queue.claimNext", {});
  await oversee(watching);
  await judging.call("queue.pause");
  await oversee(watching);
  const answered = transcript.entries.filter(({ status }) => status === 200).length;
  expect(answered).toBe(transcript.entries.length - 2);
  expect(app.errors).toEqual([]);
  return transcript;
}

test("nor does anything on the leads' page tell it to a lead who may still judge the case", async () => {
  const [first, second, adjudication] = await Promise.all([
    watchRound("first"),
    watchRound("second"),
    watchRound("adjudication"),
  ]);
  expect(first.entries.length).toBeGreaterThan(50);
  expect(second.entries).toEqual(first.entries);
  expect(adjudication.entries).toEqual(first.entries);
});

test("candidates come in the order of a hash of random ids, not in that of the search", async () => {
  await using app = await createTestApp({ seed: 11, policy: POLICY });
  const body = caseBody({ externalId: "ver_order", similarities: [99, 98, 97, 96, 95, 94] });
  await app.sendCase(body, plainFiles(body));
  const browser = await app.signIn("reviewer-1");
  const answer = dataOf(await browser.call("queue.claimNext", {}), "queue.claimNext");
  const claimed = claimResultSchema.parse(answer);
  if (claimed.state === "empty") throw new Error("nothing to work on");
  const ids = claimed.active.candidates.map((each) => each.candidateId);
  const hash = (id: string) => createHash("md5").update(`${id}:1`).digest("hex");
  expect(ids).toHaveLength(6);
  expect(ids).toEqual(ids.toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1)));
});
