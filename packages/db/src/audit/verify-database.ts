import { equalBytes } from "@secondlook/audit/bytes";
import { EventCheck } from "@secondlook/audit/event-check";
import { type Finding, Findings } from "@secondlook/audit/finding";
import { leafHash } from "@secondlook/audit/merkle";
import type { VerifierKey } from "@secondlook/audit/note-key";
import { portableSha256, type Sha256 } from "@secondlook/audit/sha256";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf } from "../database.ts";
import { EntryCheck } from "./entry-check.ts";
import { type PlacedLeaf, placedLeaves } from "./log-pages.ts";
import { checkStructure } from "./structure-check.ts";
import { TreeCheck } from "./tree-check.ts";

export interface VerifyDatabaseOptions {
  readonly key: VerifierKey;
  /** Checkpoints kept outside the database: all that shows a log rewritten together with its heads. */
  readonly olderCheckpoints?: readonly string[];
  readonly sha256?: Sha256;
  /** As in verifyExport. */
  readonly tailSeconds?: number;
  /** How long an event may wait for its place under a signed head. */
  readonly waitSeconds?: number;
}

/** What a check of the database found. `problems[0]` is the first thing wrong. */
export interface DatabaseReport {
  readonly ok: boolean;
  /** Leaves under the newest signed head. */
  readonly size: number;
  /** Leaves read, and the root over them (base64). */
  readonly leaves: number;
  readonly root: string;
  readonly problems: readonly Finding[];
  readonly problemCount: number;
  readonly warnings: readonly Finding[];
}

/**
 * Checks the log where it lies, in one snapshot: the tables themselves; each leaf's form and hash;
 * positions without a gap; every tile and signed head; events that wait too long; the emitters'
 * numbers; and last what screens read. Needs the sequencer's log-in; changes nothing.
 */
export async function verifyDatabase(
  db: Database,
  options: VerifyDatabaseOptions,
): Promise<DatabaseReport> {
  return db.transaction(async (tx) => verify(tx, options), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function verify(db: Database, options: VerifyDatabaseOptions): Promise<DatabaseReport> {
  const { key, sha256 = portableSha256, tailSeconds = 10, waitSeconds = 60 } = options;
  const findings = new Findings();
  const shown = new Findings();
  await checkStructure(db, findings);
  const tree = new TreeCheck(db, key, findings, sha256);
  const events = new EventCheck(findings, tailSeconds);
  const entries = new EntryCheck(db, shown);
  await tree.start(options.olderCheckpoints ?? []);
  for await (const page of placedLeaves(db)) {
    const sound = soundStart(page, tree.size, findings);
    const hashes = sound.map(({ idx, leaf, stored }) => {
      const hash = leafHash(leaf, sha256);
      if (!equalBytes(hash, stored)) {
        const message = `Leaf ${idx} has another hash than the one stored with it.`;
        findings.problem({ code: "leaf_hash_mismatch", at: idx, message });
      }
      events.add(leaf, hash, idx);
      return hash;
    });
    await tree.add(hashes);
    await entries.add(sound);
    // Past a hole nothing can be compared: every later leaf has another place.
    if (sound.length < page.length) break;
  }
  await tree.finish();
  await checkPlaces(db, findings);
  await checkWaiting(db, findings, { signed: tree.signed, waitSeconds });
  events.finish();
  await entries.finish();
  findings.all(shown);
  return {
    ok: findings.problemCount === 0,
    size: tree.signed,
    leaves: tree.size,
    root: tree.root,
    problems: findings.problems,
    problemCount: findings.problemCount,
    warnings: findings.warnings,
  };
}

interface SoundLeaf {
  readonly idx: number;
  readonly leaf: Uint8Array;
  readonly stored: Uint8Array;
}

/** The leaves of a page up to the first hole, which is reported. */
function soundStart(page: readonly PlacedLeaf[], from: number, findings: Findings): SoundLeaf[] {
  const sound: SoundLeaf[] = [];
  for (const { idx, event_id: id, leaf, leaf_hash: stored } of page) {
    const at = from + sound.length;
    if (idx !== at) {
      const message = `Position ${at} is missing; the next one is ${idx}.`;
      findings.problem({ code: "position_gap", at, message });
      return sound;
    }
    if (leaf === null || stored === null) {
      const message = `Position ${at} names event ${id}, which is gone: it was deleted.`;
      findings.problem({ code: "event_missing", at, message });
      return sound;
    }
    sound.push({ idx, leaf, stored });
  }
  return sound;
}

const twiceRow = z.object({ event_id: column.count, idx: column.count });

async function checkPlaces(db: Database, findings: Findings): Promise<void> {
  const twice = await rowOf(
    db,
    twiceRow,
    sql`select event_id, max(idx) as idx from audit.position group by event_id having count(*) > 1
        order by max(idx) limit 1`,
  );
  if (twice === undefined) return;
  const message = `Event ${twice.event_id} has two positions, the second at leaf ${twice.idx}.`;
  findings.problem({ code: "position_twice", at: twice.idx, message });
}

const waitingRow = z.object({ unsequenced: column.count, unsigned: column.count });

async function checkWaiting(
  db: Database,
  findings: Findings,
  { signed, waitSeconds }: { readonly signed: number; readonly waitSeconds: number },
): Promise<void> {
  const row = await rowOf(
    db,
    waitingRow,
    sql`with limits as materialized (select clock_timestamp() - make_interval(secs => ${waitSeconds}) as old)
        select (select count(*) from audit.event e where e.at < limits.old
                  and not exists (select from audit.position p where p.event_id = e.id)) as unsequenced,
               (select count(*) from audit.position p join audit.event e on e.id = p.event_id
                where p.idx >= ${signed} and e.at < limits.old) as unsigned
        from limits`,
  );
  const { unsequenced = 0, unsigned = 0 } = row ?? {};
  const why = "the sequencer stands still or was kept from its work";
  if (unsequenced > 0) {
    const message = `${unsequenced} events have waited for a position for more than ${waitSeconds} s: ${why}.`;
    findings.problem({ code: "unsequenced", message });
  }
  if (unsigned > 0) {
    const message = `${unsigned} events with a position are under no signed head after more than ${waitSeconds} s: ${why}.`;
    findings.problem({ code: "unsigned", message });
  }
}
