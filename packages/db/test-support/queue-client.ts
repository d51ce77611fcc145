import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { z } from "zod";
import { appendEvents } from "../src/audit/append.ts";
import { type Database, rowOf, run } from "../src/database.ts";
import { closeRound, openRound } from "../src/decisions/store-decision.ts";
import { claimRound, reserveNext } from "../src/queue/claim.ts";
import { lockClaimer } from "../src/queue/claimer.ts";
import { openReserved } from "../src/queue/grant.ts";
import { renewLease } from "../src/queue/heartbeat.ts";
import { type HeldRound, ownLeases, requireActiveLease } from "../src/queue/lease.ts";
import { endLeases, releaseRound } from "../src/queue/release.ts";

/** A lease as its holder remembers it, right or not. */
export interface Lease {
  readonly caseId: string;
  readonly fence: number;
}

/** Makes so many events that an act records, as leaves. */
export type Stamp = (events: number) => readonly Uint8Array[];

/** One person at the queue, by the functions that the API uses, each act a transaction. */
export class QueueClient {
  readonly staffId: string;
  private readonly db: Database;
  private readonly stamp: Stamp;

  constructor(pool: pg.Pool, staffId: string, stamp: Stamp = () => []) {
    this.db = drizzle(pool);
    this.staffId = staffId;
    this.stamp = stamp;
  }

  /** What to work on; undefined where nothing waits for this person. */
  async claim(): Promise<HeldRound | undefined> {
    return this.db.transaction(async (tx) => {
      const staff = await lockClaimer(tx, this.staffId);
      if (staff === undefined) return undefined;
      const held = await ownLeases(tx, staff.id);
      if (held.active !== undefined) return held.active;
      if (held.hasRunOut) await endLeases(tx, { staffId: staff.id, which: "ran_out" });
      const opened = held.reserved === undefined ? undefined : await openReserved(tx, staff.id);
      const active = opened ?? (await claimRound(tx, { staff, kind: "active" }))?.held;
      if (active !== undefined && (opened !== undefined || held.reserved === undefined)) {
        await reserveNext(tx, staff);
        await appendEvents(tx, this.stamp(2));
      }
      return active;
    });
  }

  async heartbeat(lease: Lease): Promise<boolean> {
    return (await renewLease(this.db, { ...lease, staffId: this.staffId })) !== undefined;
  }

  async skip(lease: Lease): Promise<boolean> {
    return this.db.transaction(
      async (tx) =>
        (await releaseRound(tx, {
          ...lease,
          staffId: this.staffId,
          reason: "skip",
          until: null,
        })) !== undefined,
    );
  }

  /**
   * The least that a decision does: it notes that the round is settled, in a table of the test that
   * would take a round twice, and closes it; after a first round a second opens where `goesOn`.
   */
  async decide(lease: Lease, goesOn: (caseId: string) => boolean): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const held = await requireActiveLease(tx, { ...lease, staffId: this.staffId });
      if (held === undefined) return false;
      await run(
        tx,
        sql`insert into public.settled (case_id, round, staff_id, fence)
            values (${held.caseId}, ${held.round}, ${this.staffId}, ${held.fence})`,
      );
      await run(
        tx,
        sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
            values (${held.caseId}, ${this.staffId}, ${held.cycle}, ${held.round}, 'decided')`,
      );
      if (!(await closeRound(tx, held))) throw new Error("a locked round was not there to close");
      if (held.round === "first" && goesOn(held.caseId)) {
        const claimableAt = new Date();
        await openRound(tx, { after: held, cycle: held.cycle, round: "second", claimableAt });
      }
      await appendEvents(tx, this.stamp(1));
      return true;
    });
  }

  /** Whether any round is still to be settled. */
  async isAnyOpen(): Promise<boolean> {
    const row = await rowOf(
      this.db,
      z.object({ any_open: z.boolean() }),
      sql`select exists (select from app.round where state = 'open') as any_open`,
    );
    return row?.any_open ?? true;
  }
}

/** The table that `decide` writes. */
export const SETTLED = `create table public.settled (case_id text, round text, staff_id text, fence bigint);
  grant select, insert on public.settled to secondlook_app`;
