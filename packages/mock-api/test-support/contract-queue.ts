import { claimNext, claimWork } from "@secondlook/testkit/api/judge";
import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { z } from "zod";
import { answered, refusalOf } from "./contract-bench.ts";
import type { Guarantee } from "./contract-suite.ts";

const heartbeatSchema = z.object({ leases: z.array(z.object({ leaseUntil: z.string() })) });

/** Claims and leases. */
export function queueContract(guarantee: Guarantee): void {
  guarantee("a claim tells nothing of the machine's opinion", async (bench) => {
    const { browser, work } = await bench.work("reviewer-2", { candidates: 3 });
    const { body } = await browser.call("queue.claimNext", {});
    expect(JSON.stringify(body)).not.toMatch(
      /similar|score|rank|threshold|recommend|"(stage|round|cycle|matcher|matchId)"/i,
    );
    expect(work.candidates).toHaveLength(3);
  });

  guarantee("a lease runs out unless it beats, and can be taken again", async (bench) => {
    const { browser, lease } = await bench.work("reviewer-2");
    await bench.pass(100);
    const beat = { leases: [lease], active: true };
    expect(await answered(browser.call("queue.heartbeat", beat))).toMatchObject({
      leases: [{ state: "held" }],
    });
    await bench.pass(100);
    expect(await answered(browser.call("queue.heartbeat", beat))).toMatchObject({
      leases: [{ state: "held" }],
    });
    await bench.pass(121);
    expect(await answered(browser.call("queue.heartbeat", beat))).toMatchObject({
      leases: [{ state: "lost", free: true }],
    });
    expect(await answered(browser.call("queue.retake", { caseId: lease.caseId }))).toMatchObject({
      state: "work",
      active: { caseId: lease.caseId },
    });
  });

  guarantee("a fencing number that is over writes nothing", async (bench) => {
    const { browser, lease, work } = await bench.work("reviewer-2");
    const [candidate] = work.candidates;
    const stale = { ...lease, fence: lease.fence + 1000, candidateId: candidate?.candidateId };
    expect(await refusalOf(browser.call("judging.openCandidate", stale))).toBe("lease_lost");
  });

  guarantee("a case that was snoozed comes back when it was said", async (bench) => {
    const { browser, lease } = await bench.work("reviewer-2");
    const { leases } = heartbeatSchema.parse(
      await answered(browser.call("queue.heartbeat", { leases: [lease], active: true })),
    );
    const until = new Date(Date.parse(leases[0]?.leaseUntil ?? "") + 3_600_000).toISOString();
    await answered(browser.call("queue.release", { ...lease, reason: "snooze", until }));
    expect(await claimNext(browser)).toMatchObject({ state: "empty", reason: "snoozed" });
    await bench.pass(2 * 3_600);
    const back = await bench.signIn("reviewer-2");
    expect(await claimNext(back)).toMatchObject({ active: { caseId: lease.caseId } });
  });

  guarantee("a pause frees what one holds", async (bench) => {
    const { browser, lease } = await bench.work("reviewer-2");
    await answered(browser.call("queue.pause"));
    expect(
      await answered(browser.call("queue.heartbeat", { leases: [lease], active: true })),
    ).toMatchObject({ leases: [{ state: "lost" }] });
  });

  guarantee("claims at the same moment never meet", async (bench) => {
    await Promise.all([bench.send(), bench.send(), bench.send()]);
    const browsers = await Promise.all(
      ["reviewer-1", "reviewer-3", "senior-1"].map((handle) => bench.signIn(handle)),
    );
    const works = await Promise.all(browsers.map((browser) => claimWork(browser)));
    expect(new Set(works.map(({ caseId }) => caseId)).size).toBe(3);
  });

  guarantee("an open transaction elsewhere holds no claim up", async (bench) => {
    const { lease } = await bench.work("reviewer-2");
    await bench.send();
    const other = await bench.signIn("reviewer-3");
    await bench.app.transaction(async (tx) => {
      await run(tx, sql`select 1 from app.round where case_id = ${lease.caseId} for update`);
      const claimed = await claimWork(other);
      expect(claimed.caseId).not.toBe(lease.caseId);
    });
  });
}
