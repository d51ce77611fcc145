import { rowsOf, run } from "@secondlook/db/database";
import { loadMigrations } from "@secondlook/db/load-migrations";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { createBrowser, SESSION_HEADER } from "@secondlook/testkit/api/browser";
import { caseForm } from "@secondlook/testkit/api/case-payload";
import { createPlainPreparer } from "@secondlook/testkit/api/plain-preparer";
import { TEST_STAFF } from "@secondlook/testkit/api/test-staff";
import { createMemoryObjectStore } from "@secondlook/vault/memory-object-store";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { createBackend } from "../src/backend.ts";
import { addPeople, INGEST_KEY, install } from "../src/install.ts";
import { seededRandom } from "../src/seeded-random.ts";
import type { ContractTarget } from "./contract-target.ts";

/** The API as mock mode composes it, over an empty PGlite. */
export async function openPgliteTarget(): Promise<ContractTarget> {
  const startAt = new Date("2026-11-20T09:00:00Z");
  const pglite = await install(await loadMigrations(), POLICY_V1, startAt);
  const backend = await createBackend({
    pglite,
    objects: createMemoryObjectStore(() => startAt),
    media: createPlainPreparer(),
    // Several people at once, where a page has one.
    session: {
      read: (request) => request.headers.get(SESSION_HEADER) ?? undefined,
      write: (headers, token) => headers.set(SESSION_HEADER, token ?? ""),
    },
    startAt,
    random: seededRandom(1),
    // Some guarantees bring faults about.
    onFault: () => undefined,
  });
  await addPeople(backend, TEST_STAFF);
  const nobody = createBrowser(backend);
  const doors = "audit.append(bytea), audit.append_many(bytea[])";
  const logins = "secondlook_app, secondlook_sealed_owner";
  return {
    nobody,
    app: backend.deps.db,
    reader: backend.deps.reader,
    async signIn(account) {
      const response = await nobody.fetch("/auth/demo", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ account }),
      });
      return createBrowser(backend, response.headers.get(SESSION_HEADER) ?? undefined);
    },
    sendCase: (body, files, key = INGEST_KEY) =>
      nobody.fetch("/v1/cases", {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: caseForm(body, files),
      }),
    pass: (seconds) => backend.clock.pass(seconds),
    async kinds() {
      const rows = await rowsOf(
        backend.superuser,
        z.object({ kind: z.string() }),
        sql`select convert_from(leaf, 'UTF8')::json ->> 'kind' as kind from audit.event order by id`,
      );
      return rows.map(({ kind }) => kind);
    },
    async withoutLog(work) {
      await run(backend.superuser, sql.raw(`revoke execute on function ${doors} from ${logins}`));
      try {
        return await work();
      } finally {
        await run(backend.superuser, sql.raw(`grant execute on function ${doors} to ${logins}`));
      }
    },
    [Symbol.asyncDispose]: () => pglite.close(),
  };
}
