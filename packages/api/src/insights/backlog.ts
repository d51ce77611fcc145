import type { Database } from "@secondlook/db/database";
import { AGE_HOURS, arrivalDays, openRounds } from "@secondlook/db/insights/live-figures";
import { workDays } from "@secondlook/db/insights/reviewer-figures";
import { queueCounts } from "@secondlook/db/queue/overview";
import { firstBreach } from "@secondlook/domain/insights/breach";
import {
  forecastBacklog,
  forecastDays,
  meanOf,
  WEEKS_BACK,
} from "@secondlook/domain/insights/forecast";
import {
  addDays,
  type Day,
  eachDay,
  reportingDay,
} from "@secondlook/domain/insights/reporting-day";
import { SMALLEST_COUNT } from "@secondlook/domain/insights/share";
import type { Staff } from "../core/context.ts";
import { procedure } from "../core/trpc.ts";
import { backlogInput, backlogOutput } from "../schemas/insights.ts";
import { define, queryEvent, readFigures } from "./reading.ts";
import { total } from "./work-figures.ts";

/** Days that the rate of completions is taken from, and days that are forecast. */
const RATE_DAYS = 28;
const DAYS_AHEAD = 7;

/** What waits now, when the first case will be late, and what the next days will bring. */
export const backlog = procedure
  .meta({ permission: "insights.read", records: ["insights.query"] })
  .input(backlogInput)
  .output(backlogOutput)
  .query(async ({ ctx, input }) => {
    const { db } = ctx.deps;
    const now = ctx.deps.clock();
    const answer = await readFigures(db, async (tx, { timeZone }) => ({
      asOf: now.toISOString(),
      timeZone,
      ...(await readBacklog(tx, { region: input.region, now, timeZone, asker: ctx.staff })),
      definitions: define(["backlog", "first_breach", "forecast"]),
    }));
    await ctx.recorder.read([queryEvent("backlog", input)]);
    return answer;
  });

async function readBacklog(
  tx: Database,
  of: {
    readonly region: string | null;
    readonly now: Date;
    readonly timeZone: string;
    readonly asker: Staff;
  },
) {
  const { region, now } = of;
  const open = await openRounds(tx, { region });
  const waiting = total(open, ({ count }) => count);
  const history = await dailyHistory(tx, of);
  const recent = history.slice(-RATE_DAYS).map(({ completed }) => completed / 24);
  const completionsPerHour = meanOf(recent);
  const ageFrom = waiting >= SMALLEST_COUNT ? ("claimable" as const) : ("received" as const);
  const breach = firstBreach(
    now,
    open.map((row) => ({ dueAt: row.due_hour, count: row.count })),
    completionsPerHour,
  );
  const arrivals = forecastDays(
    history.map(({ day, arrivals: count }) => ({ day, count })),
    DAYS_AHEAD,
  );
  const completions = forecastDays(
    history.map(({ day, completed: count }) => ({ day, count })),
    DAYS_AHEAD,
  );
  return {
    waiting,
    overdue: breach.state === "late_already" ? breach.late : 0,
    stages: region === null ? await stagesOf(tx, of.asker) : null,
    ageFrom,
    ages: [0, ...AGE_HOURS].map((fromHours, at) => ({
      fromHours,
      toHours: AGE_HOURS[at] ?? null,
      count: total(open, (row) =>
        (ageFrom === "claimable" ? row.age : row.age_received) === at ? row.count : 0,
      ),
    })),
    firstBreach:
      breach.state === "forecast"
        ? {
            state: breach.state,
            expected: breach.expected?.toISOString() ?? null,
            earliest: breach.earliest?.toISOString() ?? null,
            latest: breach.latest?.toISOString() ?? null,
          }
        : breach,
    completionsPerHour,
    history: history.slice(-RATE_DAYS).map(({ day, arrivals: arrived, completed }) => ({
      day,
      arrivals: arrived,
      completed,
    })),
    forecast:
      arrivals === null || completions === null
        ? null
        : {
            arrivals: [...arrivals],
            completions: [...completions],
            backlog: [...forecastBacklog(waiting, arrivals, completions)],
          },
  };
}

async function stagesOf(tx: Database, asker: Staff) {
  const { first, second, adjudication, awaitingCapture, beingWorked } = (
    await queueCounts(tx, asker)
  ).counts;
  return { first, second, adjudication, awaitingCapture, beingWorked };
}

/** Arrivals and completions of every whole day before today, from the first that had any. */
async function dailyHistory(
  tx: Database,
  of: { readonly region: string | null; readonly now: Date; readonly timeZone: string },
): Promise<readonly { day: Day; arrivals: number; completed: number }[]> {
  const to = addDays(reportingDay(of.now, of.timeZone), -1);
  const dates = { from: addDays(to, 1 - 7 * WEEKS_BACK), to };
  const arrived = new Map(
    (await arrivalDays(tx, { ...dates, region: of.region })).map((row) => [row.day, row.count]),
  );
  const done = new Map(
    (await workDays(tx, { ...dates, region: of.region })).map((row) => [row.day, row.cases]),
  );
  const first = [...arrived.keys(), ...done.keys()].toSorted()[0];
  if (first === undefined) return [];
  return eachDay(first, to).map((day) => ({
    day,
    arrivals: arrived.get(day) ?? 0,
    completed: done.get(day) ?? 0,
  }));
}
