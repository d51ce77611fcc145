import type pg from "pg";

/** One clock for the process and for the rules in the database. */
export interface TestClock {
  readonly now: () => Date;
  /** Goes on from here, this much later. */
  pass(by: {
    readonly hours?: number;
    readonly minutes?: number;
    readonly seconds?: number;
  }): Promise<void>;
  /** Stands still at this instant. */
  stopAt(instant: Date): Promise<void>;
}

/** Replaces `app.now()` in the test's own database, which only a superuser can. */
export function createTestClock(superuser: pg.Pool): TestClock {
  let ahead = 0;
  let stopped: Date | undefined;
  const replace = async (): Promise<void> => {
    const now =
      stopped === undefined
        ? `clock_timestamp() + interval '${ahead} milliseconds'`
        : `timestamptz '${stopped.toISOString()}'`;
    await superuser.query(
      `create or replace function app.now() returns timestamptz language sql volatile as $$ select ${now} $$`,
    );
  };
  return {
    now: () => new Date(stopped ?? Date.now() + ahead),
    async pass({ hours = 0, minutes = 0, seconds = 0 }) {
      const by = ((hours * 60 + minutes) * 60 + seconds) * 1000;
      if (stopped === undefined) ahead += by;
      else stopped = new Date(stopped.getTime() + by);
      await replace();
    },
    async stopAt(instant) {
      stopped = instant;
      await replace();
    },
  };
}
