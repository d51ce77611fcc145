import {
  insertCandidate,
  insertEvidence,
  insertMatcherRun,
  insertProviderAnswer,
  insertSignals,
  insertVerification,
} from "@secondlook/db/ingest/store-case";
import type { Database } from "@secondlook/db/database";
import type { Deps } from "../core/deps.ts";
import { Refusal } from "../core/refusal.ts";
import { sqlState } from "../core/sql-state.ts";
import { PeopleChanged } from "./people.ts";
import { Problem } from "./problem.ts";
import { discard, type WrittenObjects } from "./sealed-evidence.ts";
import type { SealedRun } from "./sealed-run.ts";
import type { SealedVerification } from "./sealed-verification.ts";

/** Stores snapshots with their evidence; their accounts are there. */
export async function storeVerifications(
  tx: Database,
  verifications: readonly SealedVerification[],
): Promise<void> {
  for (const { row, evidence } of verifications) {
    await insertVerification(tx, row);
    for (const each of evidence) await insertEvidence(tx, each);
  }
  await insertSignals(
    tx,
    verifications.flatMap(({ signals }) => signals),
  );
}

/**
 * Stores a matcher run with its candidates; the case and the snapshots are there.
 *
 * @param cycle the first one that it counts in.
 */
export async function storeRun(tx: Database, run: SealedRun, cycle: number): Promise<void> {
  await insertMatcherRun(tx, { ...run.row, cycle });
  if (run.answer !== undefined) await insertProviderAnswer(tx, run.answer);
  for (const candidate of run.candidates) await insertCandidate(tx, candidate);
}

/**
 * Seals, which writes objects, and then stores what names them. Where nothing was stored, the objects
 * are taken away again.
 */
export async function sealAndStore<Sealed, Stored>(
  deps: Deps,
  seal: (written: WrittenObjects) => Promise<Sealed>,
  store: (sealed: Sealed) => Promise<Stored>,
): Promise<Stored> {
  const written: WrittenObjects = [];
  let mayBeCommitted = false;
  try {
    const sealed = await seal(written);
    mayBeCommitted = true;
    return await store(sealed);
  } catch (error) {
    // After a broken connection nobody knows whether it was committed: the sweep will see.
    if (!mayBeCommitted || isRolledBack(error)) await discard(deps, written);
    throw error;
  }
}

/** The case is not where the rules saw it any more: begin again. */
export class CaseMoved extends Error {
  override readonly name = "CaseMoved";
}

const OURS = [Refusal, PeopleChanged, CaseMoved, Problem] as const;

/** A refusal of ours, or one that Postgres answered with and that isn't about the connection. */
function isRolledBack(error: unknown): boolean {
  if (OURS.some((kind) => error instanceof kind)) return true;
  return /^(?!08|57)[0-9A-Z]{5}$/.test(sqlState(error) ?? "");
}
