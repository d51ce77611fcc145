import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import fc from "fast-check";
import { afterAll, beforeAll, test } from "vitest";
import { caseArbitrary, commandArbitrary, PEOPLE } from "../../test-support/queue-commands.ts";
import { type Person, QueueWorld } from "../../test-support/queue-world.ts";

const START = Date.parse("2026-11-20T08:00:00.000Z");
const DAY_MS = 86_400_000;

let app: TestApp;
let people: Person[];

beforeAll(async () => {
  app = await createTestApp();
  // Those without limits are reached by most routes and claim by another way than those of few.
  await app.superuser.query(
    "insert into app.route (region, languages, skills) select 'FR-' || n, '{}', '{}' from generate_series(100, 500) n",
  );
  // The queue's beginning moves at every claim, not only now and then.
  await app.superuser.query(
    "create or replace function app.front_step() returns integer language sql immutable as $$ select 1 $$",
  );
  people = [];
  await app.clock.stopAt(new Date(START));
  for (const { handle, ...scope } of PEOPLE) {
    const id = app.staffId(handle);
    await app.superuser.query(
      "update app.staff set regions = $2, languages = $3, skills = $4 where id = $1",
      [id, scope.regions, scope.languages, scope.skills],
    );
    const browser = await app.signIn(handle);
    people.push({ ...scope, id, browser, isLead: handle.startsWith("lead") });
  }
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

test("the queue gives, keeps and takes leases exactly as the model says", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(caseArbitrary, { minLength: 1, maxLength: 6 }),
      fc.array(commandArbitrary, { minLength: 10, maxLength: 60 }),
      async (cases, commands) => {
        runs += 1;
        // Far enough on that nothing of the last run is still put off.
        const world = await QueueWorld.create(app, people, {
          now: START + runs * 40 * DAY_MS,
          cases,
        });
        for (const command of commands) {
          await world.play(command);
          await world.compare();
        }
      },
    ),
    { numRuns: 40 },
  );
});
