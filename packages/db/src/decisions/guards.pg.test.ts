import { newId, systemRandom } from "@secondlook/domain/ids";
import { seedCase } from "@secondlook/testkit/cases/seed-case";
import { seedPolicy, seedStaff } from "@secondlook/testkit/cases/seed-people";
import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Database, rowsOf, run } from "../database.ts";
import { claimRound } from "../queue/claim.ts";
import { sweepTickets } from "../judging/sweep-tickets.ts";
import { lockClaimer } from "../queue/claimer.ts";
import type { HeldRound } from "../queue/lease.ts";

let database: TestDatabase;
let pools: readonly Pool[];
let owner: Database;
let app: Database;
let held: HeldRound;
let candidateId: string;
const people: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const [one, other] = [database.pool(), database.pool("secondlook_app")];
  pools = [one, other];
  owner = drizzle(one);
  app = drizzle(other);
  await seedPolicy(owner);
  for (let index = 0; index < 3; index++) people.push((await seedStaff(owner)).id);
  const made = await seedCase(owner, { candidates: 1 });
  candidateId = made.candidates[0]?.candidateId ?? "";
  const found = await app.transaction(async (tx) => {
    const me = await lockClaimer(tx, people[0] ?? "");
    return me === undefined ? undefined : claimRound(tx, { staff: me, kind: "active" });
  });
  if (found === undefined) throw new Error("nothing to claim");
  held = found.held;
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.close();
});

/** The SQLSTATE that a statement fails with, or `done`. */
async function stateOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
    throw error;
  }
}

describe("the application's log-in may not", () => {
  test.each([
    ["read scores", "select similarity from sealed.score"],
    ["count scores", "select count(*) from sealed.score"],
    ["read the recommendation", "select recommendation from sealed.matcher_run"],
    ["note a reveal by itself", "insert into app.reveal values ('cas_1', 1, 'first', 'usr_1')"],
    ["make itself a ticket", "insert into sealed.ticket values ('e', 'cas_1', 1, 'usr_1', '3')"],
    ["read tickets", "select eid from sealed.ticket"],
    ["read scores past the door", "select * from sealed.shown_scores('cas_1', 1)"],
    ["change scores", "update sealed.score set similarity = 0"],
    ["change a rating", "update app.rating set rating = 3"],
    ["remove a rating", "delete from app.rating"],
    ["change a finding", "update app.finding set finding = 'same'"],
    ["remove a finding", "delete from app.finding"],
    ["change an outcome", "update app.decision set outcome = 'distinct'"],
    ["make a decision final", "update app.decision set is_final = true"],
    ["move an undo window", "update app.decision set undo_until = app.now()"],
    ["remove a decision", "delete from app.decision"],
    ["lengthen an exemption", "update app.exemption set expires_at = 'infinity'"],
    ["widen an exemption", "update app.exemption_account set subject_id = 'sub_1'"],
    ["forget who had a part", "delete from app.involvement"],
    ["take back a reveal", "delete from app.reveal"],
    ["change what is shown", "update app.shown_candidate set place = 1"],
    ["write policy", "insert into app.policy values (9, '{}', 'a', 'b', now(), now())"],
    ["switch a check off", "alter table app.decision disable trigger two_people"],
  ])("%s", async (_what, statement) => {
    expect(await stateOf(run(app, sql.raw(statement)))).toBe("42501");
  });
});

describe("the one door to the scores", () => {
  const leafOf = (change: object = {}): string =>
    JSON.stringify({
      eid: newId("request", systemRandom),
      kind: "score.reveal",
      outcome: "allowed",
      case: held.caseId,
      cycle: held.cycle,
      round: held.round,
      fence: held.fence,
      actor: { id: people[0] ?? "" },
      ...change,
    });
  const call = (leaf: string, change: { staff?: string; fence?: number } = {}) =>
    sql`select sealed.reveal(${held.caseId}, ${held.cycle}, ${held.round}, ${change.staff ?? people[0]},
          ${change.fence ?? held.fence}, ${new TextEncoder().encode(leaf)})`;
  const reveal = (leaf: string, change?: { staff?: string; fence?: number }): Promise<string> =>
    stateOf(run(app, call(leaf, change)));
  const readBy = (leaf: string, staff = people[0]) =>
    sql`select similarity from sealed.read(${z.object({ eid: z.string() }).parse(JSON.parse(leaf)).eid}, ${staff})`;
  const score = z.object({ similarity: z.string() });

  test.each([
    ["kind", "case.view"],
    ["outcome", "denied"],
    ["case", "cas_other"],
    ["cycle", 2],
    ["cycle", "1"],
    ["round", "second"],
    ["fence", 0],
    ["actor", { id: "usr_other" }],
    ["actor", {}],
    ["actor", []],
    ["eid", undefined],
    ["eid", 1],
  ])("asks for the event of this very act: not with %s %j", async (field, value) => {
    expect(await reveal(leafOf({ [field]: value }))).toBe("SL002");
  });
  test("takes no event that says one thing twice", async () => {
    const leaf = leafOf();
    expect(await reveal(leaf.replace("{", '{"case":"cas_other",'))).toBe("SL002");
    expect(await reveal(leaf.replace('"actor":{', '"actor":{"id":"usr_other",'))).toBe("SL002");
  });
  test("asks for the lease", async () => {
    const fence = held.fence + 1;
    expect(await reveal(leafOf({ fence }), { fence })).toBe("SL003");
    const staff = people[1] ?? "";
    expect(await reveal(leafOf({ actor: { id: staff } }), { staff })).toBe("SL003");
  });
  test("asks for the seals", async () => {
    expect(await reveal(leafOf())).toBe("SL004");
  });

  describe("once everything is sealed", () => {
    beforeAll(async () => {
      await run(
        app,
        sql`insert into app.rating (case_id, cycle, round, staff_id, candidate_id, seq, rating, detail, viewed_ms)
            values (${held.caseId}, ${held.cycle}, ${held.round}, ${people[0]}, ${candidateId}, 0, 2, '', 4000)`,
      );
    });
    const events = async (leaf: string) =>
      rowsOf(
        owner,
        z.object({}),
        sql`select from audit.event where leaf = ${new TextEncoder().encode(leaf)}`,
      );

    test("the scores can't be had before the event commits, nor after it was taken back", async () => {
      const leaf = leafOf();
      const states: string[] = [];
      await stateOf(
        app.transaction(async (tx) => {
          await run(tx, call(leaf));
          states.push(await stateOf(tx.transaction((inner) => run(inner, readBy(leaf)))));
          tx.rollback();
        }),
      ).catch(() => "rolled back");
      expect(states).toEqual(["SL007"]);
      expect(await stateOf(run(app, readBy(leaf)))).toBe("SL007");
      expect(await events(leaf)).toEqual([]);
    });
    test("nor by another connection meanwhile", async () => {
      const leaf = leafOf();
      await app.transaction(async (tx) => {
        await run(tx, call(leaf));
        expect(await stateOf(run(app, readBy(leaf)))).toBe("SL007");
      });
    });
    test("they are there once it has committed, for that person alone", async () => {
      const leaf = leafOf();
      expect(await reveal(leaf)).toBe("done");
      expect(await events(leaf)).toHaveLength(1);
      expect(await rowsOf(app, score, readBy(leaf))).toHaveLength(1);
      expect(await stateOf(run(app, readBy(leaf, people[1])))).toBe("SL007");
    });
    test("and for a minute", async () => {
      const leaf = leafOf();
      await reveal(leaf);
      await run(owner, sql`update sealed.ticket set at = at - interval '1 minute'`);
      expect(await stateOf(run(app, readBy(leaf)))).toBe("SL007");
    });
  });

  describe("a ticket that opens nothing any more", () => {
    const tickets = async () =>
      (await rowsOf(owner, z.object({ eid: z.string() }), sql`select eid from sealed.ticket`)).map(
        ({ eid }) => eid,
      );
    const eidOf = (leaf: string) => z.object({ eid: z.string() }).parse(JSON.parse(leaf)).eid;
    const age = (leaf: string, by: string) =>
      run(
        owner,
        sql`update sealed.ticket set at = at - ${by}::interval where eid = ${eidOf(leaf)}`,
      );
    /** What the sequencer does, for one event. */
    const place = (leaf: string) =>
      run(
        owner,
        sql`insert into audit.entry (idx, eid, kind, at, actor, actor_role, outcome, leaf)
            select coalesce(max(idx) + 1, 0), ${eidOf(leaf)}, 'score.reveal', now(), 'usr_1', 'reviewer', 'allowed', 'x'
            from audit.entry`,
      );

    test("goes, and its event opens the scores no second time", async () => {
      const [spent, fresh, unplaced] = [leafOf(), leafOf(), leafOf()];
      for (const leaf of [spent, fresh, unplaced]) expect(await reveal(leaf)).toBe("done");
      await place(spent);
      await place(fresh);
      await age(spent, "61 minutes");
      await age(fresh, "59 minutes");
      await age(unplaced, "1 day");
      expect(await sweepTickets(app)).toBe(1);
      const left = await tickets();
      expect(left).toContain(eidOf(fresh));
      expect(left).toContain(eidOf(unplaced));
      expect(left).not.toContain(eidOf(spent));
      expect(await reveal(spent)).toBe("SL002");
      // While its event has no position, the ticket itself keeps it from a second use.
      expect(await reveal(unplaced)).toBe("23505");
      expect(await stateOf(run(app, readBy(spent)))).toBe("SL007");
    });
  });

  describe("of a settled case", () => {
    const settled = (leaf: string) =>
      stateOf(
        run(
          app,
          sql`select sealed.reveal_settled(${held.caseId}, ${people[0]}, ${new TextEncoder().encode(leaf)})`,
        ),
      );
    const settle = (undoUntil: string, isFinal: boolean) =>
      run(
        app,
        sql`insert into app.decision (id, case_id, cycle, round, staff_id, outcome, reasons, policy_version, fence, is_final, undo_until)
            values (${newId("decision", systemRandom)}, ${held.caseId}, ${held.cycle}, ${held.round}, ${people[0]}, 'distinct',
                    array['different_face'], 1, ${held.fence}, ${isFinal}, app.now() + ${undoUntil}::interval)`,
      );
    const undo = () =>
      run(app, sql`update app.decision set undone_at = app.now() where case_id = ${held.caseId}`);
    beforeAll(async () => {
      await run(
        app,
        sql`update app.review_case set stage = 'settled', settles_at = app.now() where id = ${held.caseId}`,
      );
      await run(
        app,
        sql`update app.round set state = 'decided', holder = null, lease_kind = null where case_id = ${held.caseId}`,
      );
    });
    afterAll(undo);

    test("the case's own columns are not enough: a final decision stands past its undo", async () => {
      expect(await settled(leafOf())).toBe("SL005");
      await settle("-1 s", false);
      expect(await settled(leafOf())).toBe("SL005");
      await undo();
      await settle("10 s", true);
      expect(await settled(leafOf())).toBe("SL005");
      await undo();
      await settle("-1 s", true);
      expect(await settled(leafOf({ round: "second" }))).toBe("SL002");
      const leaf = leafOf();
      expect(await settled(leaf)).toBe("done");
      expect(await rowsOf(app, score, readBy(leaf))).toHaveLength(1);
    });
  });
});

describe("a final decision that harms", () => {
  interface Written {
    readonly by: string;
    readonly cycle: number;
    readonly round: string;
    readonly same: boolean;
    readonly isFinal: boolean;
    readonly outcome?: string;
    readonly exempts?: boolean;
  }
  const write = async (tx: Database, row: Written): Promise<void> => {
    const id = newId("decision", systemRandom);
    await run(
      tx,
      sql`insert into app.decision (id, case_id, cycle, round, staff_id, outcome, reasons, policy_version, fence, is_final, undo_until)
          values (${id}, ${held.caseId}, ${row.cycle}, ${row.round}, ${row.by}, ${row.outcome ?? "duplicate"},
                  array['same_face'], 1, 1, ${row.isFinal}, app.now())`,
    );
    const finding = row.same ? "same" : "different";
    await run(tx, sql`insert into app.finding values (${id}, ${candidateId}, ${finding})`);
    if (row.exempts !== true) return;
    const exemption = newId("exemption", systemRandom);
    await run(
      tx,
      sql`insert into app.exemption (id, decision_id, case_id, reason, expires_at)
          values (${exemption}, ${id}, ${held.caseId}, 'exemption_business', app.now() + interval '1 year')`,
    );
    await run(
      tx,
      sql`insert into app.exemption_account select ${exemption}, subject_id from app.candidate where id = ${candidateId}`,
    );
  };
  let cycle = 10;
  const history = (...rows: readonly Omit<Written, "cycle">[]): Promise<string> => {
    cycle += 1;
    return stateOf(
      app.transaction(async (tx) => {
        for (const row of rows) await write(tx, { ...row, cycle });
      }),
    );
  };
  const first = { round: "first", isFinal: false, same: true } as const;
  const second = { round: "second", isFinal: true, same: true } as const;

  test("does not commit by one person", async () => {
    const [ann = "", ben = ""] = people;
    expect(await history({ ...second, by: ann })).toBe("SL006");
    expect(await history({ ...first, by: ann }, { ...second, by: ann })).toBe("SL006");
    expect(await history({ ...first, by: ben, same: false }, { ...second, by: ann })).toBe("SL006");
    expect(
      await history({ ...first, by: ben, outcome: "identity_mule" }, { ...second, by: ann }),
    ).toBe("SL006");
  });
  test("commits by two who agree", async () => {
    const [ann = "", ben = ""] = people;
    expect(await history({ ...first, by: ben }, { ...second, by: ann })).toBe("done");
    const mule = { outcome: "identity_mule", same: false } as const;
    expect(await history({ ...first, ...mule, by: ben }, { ...second, ...mule, by: ann })).toBe(
      "done",
    );
  });
  test("a new exemption needs two as well", async () => {
    const [ann = "", ben = ""] = people;
    const permitted = { outcome: "permitted_second_account", exempts: true } as const;
    expect(await history({ ...second, ...permitted, by: ann })).toBe("SL006");
    expect(
      await history(
        { ...first, outcome: "permitted_second_account", by: ben },
        { ...second, ...permitted, by: ann },
      ),
    ).toBe("SL006");
    expect(
      await history({ ...first, ...permitted, by: ben }, { ...second, ...permitted, by: ann }),
    ).toBe("done");
  });
  test("what clears the person commits by one", async () => {
    const [ann = ""] = people;
    expect(await history({ ...second, outcome: "distinct", same: false, by: ann })).toBe("done");
  });
});
