import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import { startSystemPostgres15 } from "@secondlook/testkit/postgres/system-postgres-15";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

type Login =
  | "secondlook_app"
  | "secondlook_sequencer"
  | "secondlook_reader"
  | "secondlook_jobs"
  | "superuser";

const LOGINS: readonly Login[] = [
  "secondlook_app",
  "secondlook_sequencer",
  "secondlook_reader",
  "secondlook_jobs",
];
const LOG_TABLES = ["event", "position", "tile", "checkpoint", "head"] as const;
const LEAF = "'{}'::bytea";

/** Both the bundled Postgres and the oldest that DATABASE_URL may name. */
const SERVERS = ["the bundled Postgres", "Postgres 15"] as const;

describe.each(SERVERS)("on %s", (which) => {
  let database: TestDatabase | undefined;
  let server: Awaited<ReturnType<typeof startSystemPostgres15>>;
  const pools = new Map<Login, pg.Pool>();

  beforeAll(async () => {
    if (which === "Postgres 15") {
      server = await startSystemPostgres15();
      if (server === undefined) return;
      database = await createTestDatabase({ server: server.connection });
    } else {
      database = await createTestDatabase();
    }
    for (const login of [...LOGINS, "superuser"] as const) {
      const role = login === "superuser" ? undefined : login;
      pools.set(login, database.pool(role, { max: 1 }));
    }
    await run("secondlook_app", `select audit.append(${LEAF})`);
    await run("secondlook_sequencer", "insert into audit.position values (0, 1)");
    await run("secondlook_sequencer", "insert into audit.checkpoint (size, note) values (1, 'n')");
    await run(
      "secondlook_sequencer",
      "insert into audit.tile values (0, 0, decode(repeat('00', 8192), 'hex'))",
    );
  });

  afterAll(async () => {
    await Promise.all([...pools.values()].map((pool) => pool.end()));
    await database?.close();
    await server?.[Symbol.asyncDispose]();
  });

  async function run(login: Login, statement: string): Promise<pg.QueryResult> {
    const pool = pools.get(login);
    if (pool === undefined) throw new Error(`${which} is not here`);
    return pool.query(statement);
  }

  async function expectRefused(login: Login, statement: string): Promise<void> {
    const outcome = await run(login, statement).then(
      () => "allowed",
      (error: unknown) =>
        typeof error === "object" && error !== null && "code" in error ? error.code : error,
    );
    expect({ statement, outcome }).toEqual({ statement, outcome: "42501" });
  }

  function may(title: string, login: Login, statements: readonly string[]): void {
    test(`${title}: allowed`, async ({ skip }) => {
      if (database === undefined) return skip("Postgres 15 is not installed");
      for (const statement of statements) await run(login, statement);
      expect(statements.length).toBeGreaterThan(0);
    });
  }

  function mayNot(title: string, login: Login, statements: readonly string[]): void {
    test(`${title}: refused`, async ({ skip }) => {
      if (database === undefined) return skip("Postgres 15 is not installed");
      for (const statement of statements) await expectRefused(login, statement);
      expect(statements.length).toBeGreaterThan(0);
    });
  }

  const changes = (table: string, assignment: string): readonly string[] => [
    `update ${table} set ${assignment}`,
    `delete from ${table}`,
    `truncate ${table}`,
  ];
  const takeovers = (table: string): readonly string[] => [
    `drop table ${table}`,
    `alter table ${table} disable trigger all`,
    `alter table ${table} add column more text`,
    `alter table ${table} owner to current_user`,
    `create trigger mine before insert on ${table} for each row execute function pg_catalog.suppress_redundant_updates_trigger()`,
    `create rule mine as on insert to ${table} do instead nothing`,
    `do $$ begin lock table ${table} in share mode; end $$`,
  ];

  describe("the application", () => {
    const login = "secondlook_app";
    may("append to the log", login, [
      `select audit.append(${LEAF})`,
      `select audit.append_many(array[${LEAF}, ${LEAF}])`,
      `insert into audit.event (leaf) values (${LEAF})`,
    ]);
    mayNot("append to the log in any other way", login, [
      `insert into audit.event (leaf) values (${LEAF}) returning id`,
      `insert into audit.event (leaf, xid) values (${LEAF}, '1')`,
      `insert into audit.event (id, leaf) overriding system value values (5, ${LEAF})`,
      `insert into audit.event (leaf, at) values (${LEAF}, now())`,
      `insert into audit.event (leaf) values (${LEAF}) on conflict (id) do update set leaf = excluded.leaf`,
      `merge into audit.event e using (values (1)) s (id) on e.id = s.id when not matched then insert (leaf) values (${LEAF})`,
      `insert into audit.event_p0 (leaf) values (${LEAF})`,
    ]);
    mayNot("read the log", login, [
      ...[...LOG_TABLES, "entry", "event_p0", "position_p0"].map((t) => `select from audit.${t}`),
      "copy audit.event (leaf) to stdout",
      "select 1 from audit.head for update",
    ]);
    mayNot("change the log", login, [
      ...changes("audit.event", "leaf = leaf"),
      ...changes("audit.event_p0", "leaf = leaf"),
      ...changes("audit.position", "idx = idx"),
      ...changes("audit.tile", "n = n"),
      ...changes("audit.checkpoint", "note = note"),
      ...changes("audit.head", "one = one"),
      ...changes("audit.entry", "kind = kind"),
      "insert into audit.position values (7, 7)",
      "insert into audit.checkpoint (size, note) values (7, 'n')",
      "insert into audit.entry select * from audit.entry",
    ]);
    mayNot("take the log over", login, [
      ...LOG_TABLES.flatMap((table) => takeovers(`audit.${table}`)),
      "alter table audit.event detach partition audit.event_p0",
      "alter function audit.append(bytea) owner to current_user",
      "drop function audit.append(bytea)",
      "drop schema audit cascade",
      "create table audit.mine ()",
      "select audit.ensure_partitions()",
      "select audit.keep_partitions()",
      "select audit.guard('audit.event'::regclass, false)",
      "set session_replication_role = replica",
      "set role secondlook_audit_owner",
      "set role secondlook_sealed_owner",
      "set role secondlook_sequencer",
      "set role secondlook_reader",
      "set role secondlook_jobs",
      "set session authorization postgres",
      "alter role secondlook_app superuser",
      "grant secondlook_audit_owner to secondlook_app",
      "alter system set fsync = off",
      "copy (select 1) to program 'true'",
    ]);
    may("hold advisory locks, which stop nothing", login, [
      "select pg_advisory_lock(1), pg_advisory_unlock(1)",
    ]);
    mayNot("read or change what the machine said", login, [
      "select from sealed.matcher_run",
      "select from sealed.score",
      "select from sealed.ticket",
      "select from sealed.provider_answer",
      "insert into sealed.ticket (eid, case_id, cycle, staff_id) values ('e', 'c', 1, 's')",
      "insert into sealed.ticket (eid, case_id, cycle, staff_id, xid) values ('e', 'c', 1, 's', '3')",
      ...changes("sealed.ticket", "xid = '3'"),
      "select sealed.event_id('{}', 'c', 1, 'first', 's', 1)",
      ...changes("sealed.matcher_run", "recommendation = 'none'"),
      ...changes("sealed.score", "similarity = 1"),
      "insert into sealed.score (candidate_id, run_id, rank) values ('c', 'r', 1) returning rank",
      "select * from sealed.shown_scores('c', 1)",
      ...takeovers("sealed.score"),
      ...takeovers("sealed.ticket"),
      "create table sealed.mine ()",
      `create or replace function sealed.shown_scores(p_case text, p_cycle integer) returns setof sealed.machine_view language sql as 'select null'`,
    ]);
    mayNot("change what was judged, seen or sent", login, [
      ...changes("app.rating", "rating = 3"),
      ...changes("app.finding", "finding = 'same'"),
      ...changes("app.reveal", "at = at"),
      "insert into app.reveal (case_id, cycle, round, staff_id) values ('c', 1, 'first', 's')",
      ...changes("app.involvement", "how = how"),
      ...changes("app.candidate", "subject_id = subject_id"),
      ...changes("app.shown_candidate", "place = place"),
      ...changes("app.evidence", "kind = kind"),
      ...changes("app.rendition", "object_id = object_id"),
      ...changes("app.verification", "attributes = attributes"),
      "update app.decision set outcome = 'distinct'",
      "update app.decision set staff_id = staff_id",
      "update app.decision set decided_at = decided_at",
      "update app.decision set undo_until = undo_until",
      "update app.exemption set expires_at = expires_at",
      "delete from app.decision",
      "delete from app.review_case",
      "truncate app.decision",
      "truncate app.review_case cascade",
    ]);
    mayNot("make or change rules, and the clock they go by", login, [
      "insert into app.policy (version, document, author, approver, starts_at) values (9, '{}', 'a', 'b', now())",
      ...changes("app.policy", "document = '{}'"),
      "create or replace function app.now() returns timestamptz language sql as 'select null::timestamptz'",
      "create table app.mine ()",
      "create table public.mine ()",
      "delete from public.secondlook_migration",
    ]);
  });

  describe("the sequencer", () => {
    const login = "secondlook_sequencer";
    mayNot("write events", login, [
      `insert into audit.event (leaf) values (${LEAF})`,
      `select audit.append(${LEAF})`,
      `select audit.append_many(array[${LEAF}])`,
    ]);
    mayNot("change what it wrote or read", login, [
      ...changes("audit.event", "leaf = leaf"),
      ...changes("audit.position", "idx = idx"),
      ...changes("audit.tile", "n = n"),
      ...changes("audit.checkpoint", "note = note"),
      ...changes("audit.entry", "kind = kind"),
      // It may lock the row, for which Postgres asks the right to update; the trigger refuses one.
      ...changes("audit.head", "one = one"),
      "insert into audit.head values (true)",
    ]);
    may("lock the log's head", login, ["select 1 from audit.head for update nowait"]);
    may("have the log's partitions made ahead, as many as there must be", login, [
      "select audit.keep_partitions()",
    ]);
    mayNot("make partitions by itself", login, [
      "select audit.ensure_partitions(1000)",
      "create table audit.mine ()",
      "create table audit.event_p9 partition of audit.event for values from (1e9) to (2e9)",
    ]);
    mayNot("see anything but the log", login, [
      "select from app.review_case",
      "select from sealed.score",
      "select from app.staff",
      ...LOG_TABLES.flatMap((table) => takeovers(`audit.${table}`).slice(0, 2)),
      "set role secondlook_audit_owner",
      "set session_replication_role = replica",
    ]);
  });

  describe("the log's reader", () => {
    const login = "secondlook_reader";
    may("read what screens show", login, [
      "select from audit.entry",
      "select from audit.checkpoint",
      "select from audit.tile",
    ]);
    mayNot("do anything else", login, [
      "select from audit.event",
      "select from audit.position",
      "select from audit.head",
      "select from app.review_case",
      "select from sealed.score",
      "insert into audit.entry select * from audit.entry",
      ...changes("audit.entry", "kind = kind"),
      ...changes("audit.checkpoint", "note = note"),
      `select audit.append(${LEAF})`,
      "set role secondlook_audit_owner",
    ]);
  });

  describe("the job queue", () => {
    const login = "secondlook_jobs";
    mayNot("see or change anything outside its own schema", login, [
      ...[...LOG_TABLES, "entry"].map((table) => `select from audit.${table}`),
      "select from app.review_case",
      "select from app.draft",
      "select from sealed.score",
      `select audit.append(${LEAF})`,
      "create table audit.mine ()",
      "create table app.mine ()",
      "create table public.mine ()",
      "set role secondlook_audit_owner",
    ]);
    test("only the application may enqueue", async ({ skip }) => {
      if (database === undefined) return skip("Postgres 15 is not installed");
      const door = "jobs.enqueue(text, json, timestamptz, text)";
      const { rows } = await run(
        "superuser",
        `select rolname from pg_roles where rolname like 'secondlook%' and has_function_privilege(oid, '${door}', 'execute') order by 1`,
      );
      expect(rows).toEqual([{ rolname: "secondlook_app" }, { rolname: "secondlook_jobs" }]);
    });
  });

  describe("the log's owner", () => {
    test.each(["secondlook_audit_owner", "superuser", "superuser in replication mode"])(
      "%s is refused by the triggers",
      async (who) => {
        if (database === undefined) return;
        if (who === "secondlook_audit_owner") await run("superuser", `set role ${who}`);
        if (who.endsWith("mode")) await run("superuser", "set session_replication_role = replica");
        const statements = [
          ...changes("audit.event", "leaf = leaf"),
          ...changes("audit.event_p0", "leaf = leaf"),
          ...changes("audit.position", "idx = idx"),
          ...changes("audit.position_p0", "idx = idx"),
          ...changes("audit.tile", "n = n"),
          ...changes("audit.checkpoint", "note = note"),
          ...changes("audit.head", "one = one"),
        ];
        for (const statement of statements) await expectRefused("superuser", statement);
        await run("superuser", "reset session_replication_role");
        await run("superuser", "reset role");
        expect(statements).toHaveLength(21);
      },
    );

    test("each partition gets its trigger together with the table", async ({ skip }) => {
      if (database === undefined) return skip("Postgres 15 is not installed");
      await run("superuser", "select audit.ensure_partitions(4)");
      for (const part of ["event_p4", "position_p4"]) {
        await expectRefused("superuser", `truncate audit.${part}`);
      }
    });
  });

  test("everybody (PUBLIC) has no right to anything", async ({ skip }) => {
    if (database === undefined) return skip("Postgres 15 is not installed");
    const { rows } = await run(
      "superuser",
      `with ours as (select oid, nspname, nspacl, nspowner from pg_namespace where nspname in ('app', 'audit', 'sealed', 'jobs'))
       select 'schema' as what, nspname::text as name from ours, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a where a.grantee = 0
       union all
       select 'relation', c.oid::regclass::text from pg_class c join ours on ours.oid = c.relnamespace,
         aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where a.grantee = 0
       union all
       select 'function', p.oid::regprocedure::text from pg_proc p join ours on ours.oid = p.pronamespace,
         aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0
       union all
       select 'table', 'public.secondlook_migration' from pg_class c, aclexplode(c.relacl) a
         where c.oid = 'public.secondlook_migration'::regclass and a.grantee = 0`,
    );
    expect(rows).toEqual([]);
  });

  test("no log-in is more than it must be, or belongs to another role", async ({ skip }) => {
    if (database === undefined) return skip("Postgres 15 is not installed");
    const { rows } = await run(
      "superuser",
      `select rolname::text as role, rolcanlogin as login,
              rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls or rolinherit as more,
              (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships
       from pg_roles r where rolname like 'secondlook%' order by 1`,
    );
    expect(rows).toEqual(
      ["app", "audit_owner", "insights", "jobs", "reader", "sealed_owner", "sequencer"].map(
        (name) => ({
          role: `secondlook_${name}`,
          login: !name.endsWith("owner") && name !== "insights",
          more: false,
          memberships: 0,
        }),
      ),
    );
  });

  test("functions that run with their owner's rights have a fixed search path", async ({
    skip,
  }) => {
    if (database === undefined) return skip("Postgres 15 is not installed");
    const { rows } = await run(
      "superuser",
      `select p.oid::regprocedure::text as name, array_to_json(p.proconfig) as config
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname in ('app', 'audit', 'sealed', 'jobs', 'insights') and p.prosecdef`,
    );
    expect(rows.length).toBeGreaterThan(2);
    // With pg_temp named last: unnamed, it would be searched first, and for types (definer-rights.pg.test.ts).
    const fixed = "search_path=pg_catalog, pg_temp";
    const loose = rows.filter(({ config }) => !Array.isArray(config) || !config.includes(fixed));
    expect(loose).toEqual([]);
  });
});
