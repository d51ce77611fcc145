import { workedCases } from "@secondlook/demo/demo-set";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import type { Browser } from "@secondlook/testkit/api/browser";
import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { createTestApp } from "@secondlook/testkit/api/test-app";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { type Desk, DeskError } from "./desk.ts";
import { workCases } from "./work-cases.ts";

vi.setConfig({ testTimeout: 200_000 });

const policy = {
  ...POLICY_V1,
  base: { ...POLICY_V1.base, minimumViewSeconds: 0, undoSeconds: 2 },
};
const sentSchema = z.object({ caseId: z.string() });

/** A desk of the test app, whose session travels otherwise than in a cookie. */
function deskOf(browser: Browser): Desk {
  return {
    async call(path, input, output) {
      const answer = await browser.call(path, input);
      if (answer.status !== 200) throw new DeskError(`${path}: ${answer.message ?? ""}`);
      return output.parse(answer.data);
    },
  };
}

test("the demo's team decides every case by the real rules; what harms is decided by two", async () => {
  await using app = await createTestApp({ policy });
  const plans = new Map<string, (typeof workedCases)[number]>();
  // One of each outcome and a few more: nine in all.
  for (const plan of workedCases.slice(0, 9)) {
    const body = caseBody({
      externalId: plan.externalId,
      similarities: plan.candidates.map(() => 96),
    });
    const response = await app.sendCase(body, plainFiles(body));
    expect(response.status).toBe(201);
    plans.set(sentSchema.parse(await response.json()).caseId, plan);
  }
  const { signal } = new AbortController();
  const work = async (handle: string, lead: boolean): Promise<number> =>
    workCases({
      desk: deskOf(await app.signIn(handle)),
      handle,
      lead,
      plans,
      signal,
      patienceSeconds: 5,
      hesitation: 0,
    });
  const decided = await Promise.all(
    ["reviewer-1", "reviewer-2", "reviewer-3"].map((handle) => work(handle, false)),
  );
  const total = decided.reduce((sum, each) => sum + each, await work("lead-1", true));

  const submitted = await app.events("decision.submit");
  expect(submitted.length).toBeGreaterThanOrEqual(total);
  expect(new Set(submitted.map((event) => event["case"])).size).toBe(plans.size);
  const { rows } = await app.superuser.query<{ outcome: string; people: string }>(
    `select f.outcome, count(distinct d.staff_id) as people
     from app.decision f join app.decision d on d.case_id = f.case_id and d.outcome = f.outcome and d.undone_at is null
     where f.is_final and f.undone_at is null group by f.case_id, f.outcome`,
  );
  const harmful = rows.filter(({ outcome }) => ["duplicate", "identity_mule"].includes(outcome));
  expect(harmful.length).toBeGreaterThan(0);
  for (const { people } of harmful) expect(Number(people)).toBeGreaterThanOrEqual(2);
  expect(app.errors).toEqual([]);
});
