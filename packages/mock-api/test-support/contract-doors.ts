import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { refusalOf } from "./contract-bench.ts";
import type { Guarantee } from "./contract-suite.ts";
import { run } from "@secondlook/db/database";

/** Sign-in, permissions, forms, and the database's own doors. */
export function doorContract(guarantee: Guarantee): void {
  guarantee("who is not signed in is told so and gets nothing", async ({ nobody }) => {
    expect((await nobody.call("session.me")).data).toMatchObject({ account: null });
    for (const path of ["queue.claimNext", "cases.search", "audit.status", "decisions.undo"]) {
      expect([path, await refusalOf(nobody.call(path, {}))]).toEqual([path, "signed_out"]);
    }
    expect((await nobody.fetch("/media/evd_1/face?case=cas_1&fence=1")).status).toBe(401);
  });

  guarantee("an account signs in, is known, and signs out for good", async (bench) => {
    const browser = await bench.signIn("senior-1");
    expect((await browser.call("session.me")).data).toMatchObject({
      account: { handle: "senior-1", role: "senior" },
    });
    expect((await browser.call("session.signOut")).status).toBe(200);
    expect(await refusalOf(browser.call("queue.claimNext", {}))).toBe("signed_out");
  });

  guarantee("a session ends by itself after half an hour without a request", async (bench) => {
    const browser = await bench.signIn("privacy-1");
    await bench.pass(31 * 60);
    expect(await refusalOf(browser.call("cases.search", {}))).toBe("signed_out");
  });

  guarantee("a role's missing right is a refusal and an event", async (bench) => {
    const reviewer = await bench.signIn("reviewer-1");
    const overview = { region: null, cursor: null };
    expect(await refusalOf(reviewer.call("queue.overview", overview))).toBe("forbidden");
    const auditor = await bench.signIn("auditor-1");
    expect(await refusalOf(auditor.call("queue.claimNext", {}))).toBe("forbidden");
    expect((await bench.kinds()).filter((kind) => kind === "access.denied")).toHaveLength(2);
  });

  guarantee("what is not of the form of a procedure is refused before it runs", async (bench) => {
    const browser = await bench.signIn("reviewer-1");
    expect(await refusalOf(browser.call("queue.retake", { caseId: "nonsense" }))).toBe(
      "invalid_input",
    );
    expect((await browser.fetch("/trpc/queue.claimNext")).status).toBe(405);
    expect((await browser.fetch("/trpc/queue.nothing")).status).toBe(404);
    const long = { method: "POST", body: "x".repeat(300_000) };
    expect((await browser.fetch("/trpc/drafts.save", long)).status).toBe(413);
  });

  guarantee("another site's request is refused", async ({ nobody }) => {
    const headers = { "sec-fetch-site": "cross-site", "content-type": "application/json" };
    const body = JSON.stringify({ account: "admin-1" });
    expect((await nobody.fetch("/auth/demo", { method: "POST", headers, body })).status).toBe(403);
  });

  guarantee("answers are not to be kept", async (bench) => {
    const browser = await bench.signIn("reviewer-1");
    expect((await browser.call("session.me")).headers.get("cache-control")).toBe("no-store");
  });

  guarantee(
    "the application reads no score, changes no event, and the reader no case",
    async ({ app, reader }) => {
      const denied = { cause: { code: "42501" } };
      await expect(run(app, sql`select * from sealed.score`)).rejects.toMatchObject(denied);
      await expect(run(app, sql`select * from audit.event`)).rejects.toMatchObject(denied);
      await expect(run(app, sql`update audit.event set leaf = leaf`)).rejects.toMatchObject(denied);
      await expect(run(app, sql`update app.rating set rating = 3`)).rejects.toMatchObject(denied);
      await expect(run(app, sql`insert into app.policy default values`)).rejects.toMatchObject(
        denied,
      );
      await expect(run(reader, sql`select * from app.review_case`)).rejects.toMatchObject(denied);
    },
  );

  guarantee("a transaction that fails leaves nothing", async ({ app }) => {
    const failed = app.transaction(async (tx) => {
      await run(tx, sql`insert into app.source (id, name) values ('src_rolled', 'rolled back')`);
      throw new Error("on purpose");
    });
    await expect(failed).rejects.toThrow("on purpose");
    await expect(
      app.execute(sql`select count(*)::int as n from app.source where id = 'src_rolled'`),
    ).resolves.toMatchObject({ rows: [{ n: 0 }] });
  });
}
