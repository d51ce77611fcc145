import { FINDINGS } from "@secondlook/domain/decisions/outcome";
import { bucketOf, BUCKETS } from "@secondlook/domain/insights/histogram";
import { anySame, classifyOverride, RECOMMENDATIONS } from "@secondlook/domain/insights/override";
import { reportingDay } from "@secondlook/domain/insights/reporting-day";
import { scoreBand } from "@secondlook/domain/insights/score-bands";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowsOf } from "../src/database.ts";
import { type Rollups, Tally } from "./rollup-rows.ts";

const decisionRow = z.object({
  id: z.string(),
  case_id: z.string(),
  cycle: z.int(),
  round: z.string(),
  staff_id: z.string(),
  outcome: z.string(),
  reasons: z.array(z.string()),
  policy_version: z.int(),
  is_final: z.boolean(),
  decided_at: column.instant,
  counts: z.boolean(),
  opened_at: column.instant.nullable(),
  region: z.string(),
  due_at: column.instant,
  provider: z.string(),
  model_version: z.string(),
  threshold: column.numeric.nullable(),
  recommendation: z.enum(RECOMMENDATIONS),
  findings: z.array(
    z.object({ candidate: z.string(), finding: z.enum(FINDINGS), score: z.number().nullable() }),
  ),
  shown: z.array(z.number().nullable()),
  ratings: z.array(z.array(z.number())),
});
type Row = z.output<typeof decisionRow>;

/** Everything that the rollups count, decision by decision in JavaScript, with the domain's own rules. */
export async function bruteForce(db: Database, timeZone: string): Promise<Rollups> {
  const rows = await rowsOf(
    db,
    decisionRow,
    sql`select d.id, d.case_id, d.cycle, d.round, d.staff_id, d.outcome, d.reasons, d.policy_version, d.is_final, d.decided_at,
               d.settled_at is not null and d.undone_at is null as counts, o.opened_at, c.region, c.due_at,
               m.provider, m.model_version, m.threshold, m.recommendation,
               coalesce((select json_agg(json_build_object('candidate', f.candidate_id, 'finding', f.finding, 'score',
                           (select s.similarity from sealed.score s where s.candidate_id = f.candidate_id)))
                         from app.finding f where f.decision_id = d.id), '[]') as findings,
               coalesce((select json_agg(s.similarity) from app.shown_candidate v join sealed.score s on s.candidate_id = v.candidate_id
                         where v.case_id = d.case_id and v.cycle = d.cycle), '[]') as shown,
               coalesce((select json_agg(r.all_ratings) from (
                           select json_agg(g.rating order by g.seq) as all_ratings from app.rating g
                           where g.case_id = d.case_id and g.cycle = d.cycle and g.round = d.round and g.staff_id = d.staff_id
                           group by g.candidate_id) r
                         where exists (select from app.reveal v where v.case_id = d.case_id and v.cycle = d.cycle
                                         and v.round = d.round and v.staff_id = d.staff_id)), '[]') as ratings
        from app.decision d join app.review_case c on c.id = d.case_id
        join sealed.matcher_run m on m.case_id = c.id
        left join app.round o on o.case_id = d.case_id and o.cycle = d.cycle and o.round = d.round`,
  );
  const minutes = await rowsOf(
    db,
    z.object({ staff_id: z.string(), minute: column.instant }),
    sql`select staff_id, minute from app.active_minute`,
  );
  const arrivals = await rowsOf(
    db,
    z.object({ region: z.string(), received_at: column.instant }),
    sql`select region, received_at from app.review_case`,
  );
  const tally = new Tally();
  const day = (at: Date): string => reportingDay(at, timeZone);
  for (const { region, received_at } of arrivals)
    tally.add("arrival", day(received_at), [region], { n: 1 });
  const standing = rows.filter(({ counts }) => counts);
  for (const row of standing) {
    const peers = standing.filter(
      ({ case_id, cycle }) => case_id === row.case_id && cycle === row.cycle,
    );
    const judged = peers.some(({ is_final }) => is_final);
    const newest = Math.max(
      ...standing
        .filter((each) => each.case_id === row.case_id && each.is_final)
        .map(({ cycle }) => cycle),
    );
    const inForce = row.is_final && row.cycle === newest;
    const other = peers.find(
      ({ round }) =>
        row.round !== round &&
        ["first", "second"].includes(round) &&
        ["first", "second"].includes(row.round),
    );
    const active = activeMinutes(row, minutes);
    countReviewer(tally, row, { judged, inForce, other: judged ? other : undefined, active, day });
    if (judged) countMachine(tally, row, { inForce, day });
    if (judged && row.round === "second" && other !== undefined) {
      const agreed = Number(verdict(row) === verdict(other));
      const key = [row.region, other.outcome, row.outcome, ...modelOf(row)];
      tally.add("pair", day(row.decided_at), key, { n: 1, agreed });
    }
    if (inForce) {
      for (const reason of ["", ...row.reasons]) {
        const key = [row.region, row.outcome, reason, ...modelOf(row)];
        tally.add("reason", day(row.decided_at), key, { n: 1 });
      }
    }
  }
  return tally.rollups();
}

const modelOf = ({ provider, model_version, policy_version }: Row): string[] => [
  provider,
  model_version,
  String(policy_version),
];

const verdict = (row: Row): string =>
  [
    row.outcome,
    ...row.findings
      .filter(({ finding }) => finding === "same")
      .map(({ candidate }) => candidate)
      .toSorted(),
  ].join(" ");

/** Minutes with activity from opening to deciding: that of opening not included, that of deciding always. */
function activeMinutes(
  { opened_at, decided_at, staff_id }: Row,
  minutes: readonly { readonly staff_id: string; readonly minute: Date }[],
): number | undefined {
  if (opened_at === null || opened_at > decided_at) return undefined;
  const from = Math.floor(opened_at.getTime() / 60_000);
  const own = Math.floor(decided_at.getTime() / 60_000);
  const inside = minutes.filter((each) => {
    const at = each.minute.getTime() / 60_000;
    return each.staff_id === staff_id && at > from && at < own;
  });
  return own === from ? 0 : 1 + inside.length;
}

function countReviewer(
  tally: Tally,
  row: Row,
  of: {
    readonly judged: boolean;
    readonly inForce: boolean;
    readonly other: Row | undefined;
    readonly active: number | undefined;
    readonly day: (at: Date) => string;
  },
): void {
  const handle =
    row.opened_at === null || row.opened_at > row.decided_at
      ? undefined
      : row.decided_at.getTime() - row.opened_at.getTime();
  const findings = row.findings.map(({ finding }) => finding);
  const own =
    row.round === "first" && of.judged ? classifyOverride(row.recommendation, findings) : undefined;
  const compared = own === "followed" || own === "cleared" || own === "caught";
  const ratings = own === undefined ? [] : row.ratings;
  const moved = ratings.map((all) => Math.sign((all.at(-1) ?? 0) - (all[0] ?? 0)));
  const way = { same_person: 1, different_person: -1, none: Number.NaN }[row.recommendation];
  const hist = Array.from({ length: BUCKETS }, (_, at) =>
    handle !== undefined && bucketOf(handle) === at ? 1 : 0,
  );
  const counts = {
    decisions: 1,
    handled: handle === undefined ? 0 : 1,
    handle_ms: handle ?? 0,
    bucket_sum: handle === undefined ? 0 : bucketOf(handle),
    measured: Number(of.active !== undefined),
    active_minutes: of.active ?? 0,
    cases: Number(of.inForce),
    in_time: Number(of.inForce && row.decided_at <= row.due_at),
    own_same: Number(compared && row.recommendation === "same_person"),
    own_cleared: Number(own === "cleared"),
    own_different: Number(compared && row.recommendation === "different_person"),
    own_caught: Number(own === "caught"),
    own_excluded: Number(own !== undefined && !compared),
    pairs: Number(of.other !== undefined),
    agreed: Number(of.other !== undefined && verdict(of.other) === verdict(row)),
    ratings: ratings.length,
    amended: moved.filter((sign) => sign !== 0).length,
    toward: moved.filter((sign) => sign === way).length,
    away: moved.filter((sign) => sign === -way).length,
    ...Object.fromEntries(hist.map((n, at) => [`h${at}`, n])),
  };
  const cell = [row.staff_id, row.region];
  tally.add("reviewer", of.day(row.decided_at), cell, counts);
  // Which model it was is part of what the machine said: untold before the final decision.
  const model = of.judged ? modelOf(row) : ["", "", String(row.policy_version)];
  tally.add("reviewerModel", of.day(row.decided_at), [...cell, ...model], counts);
}

function countMachine(
  tally: Tally,
  row: Row,
  of: { readonly inForce: boolean; readonly day: (at: Date) => string },
): void {
  const best = (scores: readonly (number | null)[]): number =>
    scoreBand(
      scores.reduce<number | null>(
        (max, each) => (each === null ? max : Math.max(max ?? 0, each)),
        null,
      ),
    );
  const cell = (band: number): readonly string[] => [
    row.provider,
    row.model_version,
    String(band),
    row.region,
    String(row.policy_version),
    String(row.threshold ?? -1),
  ];
  const findings = row.findings.map(({ finding }) => finding);
  const override = of.inForce ? classifyOverride(row.recommendation, findings) : undefined;
  const answer = of.inForce ? anySame(findings) : null;
  const handle =
    row.opened_at === null || row.opened_at > row.decided_at
      ? undefined
      : row.decided_at.getTime() - row.opened_at.getTime();
  const zero = {
    rounds: 0,
    handled: 0,
    handle_ms: 0,
    cases: 0,
    in_time: 0,
    said_same: 0,
    cleared: 0,
    said_different: 0,
    caught: 0,
    said_none: 0,
    unresolved: 0,
    answered: 0,
    same: 0,
    confirmed_here: 0,
  };
  const compared = override === "followed" || override === "cleared" || override === "caught";
  tally.add("machine", of.day(row.decided_at), cell(best(row.shown)), {
    ...zero,
    rounds: 1,
    handled: handle === undefined ? 0 : 1,
    handle_ms: handle ?? 0,
    cases: Number(of.inForce),
    in_time: Number(of.inForce && row.decided_at <= row.due_at),
    said_same: Number(compared && row.recommendation === "same_person"),
    cleared: Number(override === "cleared"),
    said_different: Number(compared && row.recommendation === "different_person"),
    caught: Number(override === "caught"),
    said_none: Number(override === "no_recommendation"),
    unresolved: Number(override === "unresolved"),
    answered: Number(answer !== null),
    same: Number(answer === "same"),
  });
  if (answer !== "same") return;
  const confirmed = row.findings
    .filter(({ finding }) => finding === "same")
    .map(({ score }) => score);
  tally.add("machine", of.day(row.decided_at), cell(best(confirmed)), {
    ...zero,
    confirmed_here: 1,
  });
}
