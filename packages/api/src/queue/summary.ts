import { countOpenMistakes } from "@secondlook/db/decisions/mistakes";
import { ageing, endOfToday } from "@secondlook/db/queue/ageing";
import { countQuestions } from "@secondlook/db/queue/questions";
import { countStuck } from "@secondlook/db/queue/overview";
import {
  AGE_BANDS,
  ageBandAt,
  ageEdges,
  DUE_BANDS,
  dueBandAt,
  dueEdges,
} from "@secondlook/domain/queue/bands";
import { procedure } from "../core/trpc.ts";
import { summaryInput, summaryOutput } from "../schemas/oversight.ts";

/** For leads: how old the backlog is and when it is due, and how much of it asks for a lead. */
export const summary = procedure
  .meta({ permission: "queue.oversee", records: ["queue.search"] })
  .input(summaryInput)
  .output(summaryOutput)
  .query(async ({ ctx, input }) => {
    const { db } = ctx.deps;
    const by = { asker: ctx.staff, region: input.region };
    const now = ctx.deps.clock();
    const dues = dueEdges(now, await endOfToday(db));
    const [buckets, stuck, mistakes, questions] = await Promise.all([
      ageing(db, { ...by, ages: ageEdges(now), dues }),
      countStuck(db, by),
      countOpenMistakes(db, by),
      countQuestions(db, by),
    ]);
    const count = (kind: "age" | "due", isBand: (bucket: number) => boolean): number =>
      buckets.find((each) => each.kind === kind && isBand(each.bucket))?.count ?? 0;
    await ctx.recorder.read([{ kind: "queue.search", outcome: "allowed", fields: ["summary"] }]);
    return {
      ages: AGE_BANDS.map((band) => ({
        band,
        count: count("age", (bucket) => ageBandAt(bucket) === band),
      })),
      dues: DUE_BANDS.map((band) => ({
        band,
        count: count("due", (bucket) => dueBandAt(bucket) === band),
      })),
      stuck,
      mistakes,
      questions,
    };
  });
