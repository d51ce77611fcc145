import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import type { PolicySettings } from "@secondlook/domain/policy/policy";
import { join } from "node:path";
import pg from "pg";
import type { Product } from "./start-product.ts";

/** The product's own database, as its superuser: for what time or another person would bring. */
export interface ProductDatabase {
  /** A second version of the policy, in force at once for cases that nobody began. */
  changePolicy(change: Partial<PolicySettings>): Promise<void>;
  /** Lets the lease on the case that an account works on end now. */
  expireLease(handle: string): Promise<void>;
  /** Ends the sessions of an account, as an administrator or time would. */
  endSessions(handle: string): Promise<void>;
  rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openDatabase(product: Product): Promise<ProductDatabase> {
  const client = new pg.Client({
    host: join(product.dataDir, "postgres-socket"),
    port: 5432,
    user: "postgres",
    database: "secondlook",
  });
  await client.connect();
  const run = async (sql: string, values: readonly unknown[] = []) =>
    (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  return {
    async changePolicy(change) {
      const document = { ...POLICY_V1, base: { ...POLICY_V1.base, ...change } };
      await run(
        `insert into app.policy (version, document, author, approver, starts_at)
         select max(version) + 1, $1, 'author', 'approver', now() from app.policy`,
        [JSON.stringify(document)],
      );
    },
    async expireLease(handle) {
      await run(
        `update app.round set claimable_at = now()
         where state = 'open' and lease_kind = 'active'
           and holder = (select id from app.staff where handle = $1)`,
        [handle],
      );
    },
    async endSessions(handle) {
      await run(
        `update app.session set ended_at = now()
         where ended_at is null
           and staff_id = (select id from app.staff where handle = $1)`,
        [handle],
      );
    },
    rows: run,
    close: () => client.end(),
  };
}
