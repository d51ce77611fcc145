import { type CaseRoute, type ReviewerScope, routesTo } from "@secondlook/domain/queue/routing";
import { createTestDatabase } from "@secondlook/testkit/postgres/database";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { rowsOf, textArray } from "../database.ts";
import { routeFits, scopeOf } from "./eligibility.ts";

const regions = fc.constantFrom("VN", "VN-SG", "VN-HN", "DE", "DE-BE", "AE");
const some = (values: fc.Arbitrary<string>) => fc.uniqueArray(values, { maxLength: 3 });
const languages = some(fc.constantFrom("vi", "de", "ar", "en"));
const skills = some(fc.constantFrom("documents", "twins"));

const routeArbitrary: fc.Arbitrary<CaseRoute> = fc.record({ region: regions, languages, skills });
const scopeArbitrary: fc.Arbitrary<ReviewerScope> = fc.record({
  regions: fc.option(some(regions)),
  languages: fc.option(languages),
  skills,
});

test("a route reaches the same people in SQL as by the rule of the domain", async () => {
  await using database = await createTestDatabase();
  const pool = database.pool("secondlook_app");
  const db = drizzle(pool);
  await fc.assert(
    fc.asyncProperty(
      fc.array(routeArbitrary, { minLength: 20, maxLength: 20 }),
      scopeArbitrary,
      async (routes, scope) => {
        const values = routes.map(
          (route, n) =>
            sql`(${n}::int, ${route.region}, ${textArray(route.languages)}, ${textArray(route.skills)})`,
        );
        const rows = await rowsOf(
          db,
          z.object({ fits: z.boolean() }),
          sql`select ${routeFits(sql`t`, scopeOf(scope))} as fits
              from (values ${sql.join(values, sql`, `)}) as t (n, region, languages, skills) order by n`,
        );
        expect(rows.map((row) => row.fits)).toEqual(routes.map((route) => routesTo(route, scope)));
      },
    ),
  );
  await pool.end();
});
