import pg from "pg";
import { migrate } from "../src/migrate.ts";
import { loadMigrations } from "../src/node/load-migrations.ts";

/** The last day of the year of facts. */
export const LAST_DAY = "2026-11-22";

/** A database with rollups over so many decisions in a year. */
export interface FactsDatabase extends AsyncDisposable {
  readonly pool: pg.Pool;
  /** As superuser, who may read facts. */
  readonly owner: pg.Client;
}

/**
 * Fills `insights.fact` with this many decisions of 40 people in six regions by three model versions, and
 * counts the rollups from them as a rebuild does. Cases are left out: what is measured reads none.
 */
export async function fillFacts(
  server: pg.ClientConfig,
  decisions: number,
): Promise<FactsDatabase> {
  const database = `facts_${decisions}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.end();
  const owner = new pg.Client({ ...server, database });
  // Else a server that ends first would hide why.
  owner.on("error", () => undefined);
  await owner.connect();
  await migrate(owner, await loadMigrations());
  await owner.query(
    "set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '512MB'",
  );
  // Indexes are quicker made once than kept up row by row.
  const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'insights' and tablename = 'fact' and indexname <> 'fact_pkey'`,
  );
  for (const { name } of indexes) await owner.query(`drop index insights.${name}`);
  await owner.query("select setseed(0.42)");
  await owner.query(FILL, [decisions, LAST_DAY]);
  for (const { definition } of indexes) await owner.query(definition);
  await owner.query("select insights.count_in(null, 1)");
  await owner.query(
    `insert into insights.by_arrival select 'day', day, region, count(*) from insights.fact group by 2, 3;
     insert into insights.by_arrival select 'month', date_trunc('month', day)::date, region, count(*) from insights.fact group by 2, 3;
     update insights.progress set time_zone = 'UTC'`,
  );
  // As the API asks: to compile these queries takes longer than to run them.
  await owner.query("set jit = off");
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
  const pool = new pg.Pool({
    ...server,
    database,
    user: "secondlook_app",
    max: 2,
    options: "-c jit=off",
  });
  pool.on("error", () => undefined);
  return {
    pool,
    owner,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await owner.end();
    },
  };
}

const FILL = `
  insert into insights.fact
  select 'dec_' || n, 'cas_' || n, 1, 'first', 'usr_' || (random() * 39)::int,
         (array['VN', 'VN', 'VN', 'US', 'US', 'UA', 'UA', 'DE', 'CN', 'AE'])[1 + floor(random() * 10)], 1, d.at, d.at::date,
         d.ms, insights.handle_bucket(d.ms), 2, true, true,
         case when d.same then 'duplicate' else 'distinct' end,
         array[(array['same_face', 'different_face', 'lookalike', 'relatives'])[1 + floor(random() * 4)]], random() < 0.97,
         m.provider, m.version, m.threshold, d.said, d.band, case when d.same then d.band end,
         case when d.same then 'same' else 'different' end,
         d.paired, case when d.paired then random() < 0.9 end, case when d.paired then 'distinct' end,
         1, (random() < 0.05)::int, (random() < 0.04)::int, 0
  from (select n, $2::timestamptz + interval '1 day' - random() * interval '365 days' as at,
               (60000 * exp(random() * 2 - 1))::bigint as ms, random() < 0.5 as same, random() < 0.1 as paired,
               (array['same_person', 'same_person', 'same_person', 'different_person', 'none'])[1 + floor(random() * 5)] as said,
               (4 + floor(random() * 10))::smallint as band, random() as pick
        from generate_series(1, $1::int) n) d
  join (values ('rekognition', '6.1', 80, 0.0, 0.35), ('rekognition', '7.0', 80, 0.35, 0.7), ('faceplus', '3.2', 75, 0.7, 1.01))
    as m (provider, version, threshold, low, high) on d.pick >= m.low and d.pick < m.high`;
