import { type Database, run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";

/** One clock for the API and for the rules in the database. */
export interface MockClock {
  readonly now: () => Date;
  /** Goes on from here, this much later. */
  pass(seconds: number): Promise<void>;
}

/**
 * A clock that shows `startAt` now, whatever the date is: a dump's due times lie ahead on any day it
 * is opened. Puts `app.now()` in the database on the same time, which only its owner may.
 */
export async function startClock(superuser: Database, startAt: Date): Promise<MockClock> {
  let aheadMs = startAt.getTime() - Date.now();
  const set = (): Promise<void> =>
    run(
      superuser,
      sql.raw(
        `create or replace function app.now() returns timestamptz language sql volatile as $$ select clock_timestamp() + interval '${aheadMs} milliseconds' $$`,
      ),
    );
  await set();
  return {
    now: () => new Date(Date.now() + aheadMs),
    async pass(seconds) {
      aheadMs += seconds * 1000;
      await set();
    },
  };
}
