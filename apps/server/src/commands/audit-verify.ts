import type { Finding } from "@secondlook/audit/finding";
import { splitLines } from "@secondlook/audit/lines";
import type { VerifierKey } from "@secondlook/audit/note-key";
import { verifyExport } from "@secondlook/audit/verify-export";
import type { PublishedCheckpoint } from "@secondlook/db/audit/sequencer";
import { verifyDatabase } from "@secondlook/db/audit/verify-database";
import type { Database } from "@secondlook/db/database";
import { nodeSha256 } from "@secondlook/db/sha256";
import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bytesOf } from "./bytes-of.ts";

/** Files of an export. */
const NAMES = ["leaves.jsonl", "checkpoint", "vkey"] as const;

/** What somebody kept outside the export, and trusts more. */
interface KeptProof {
  readonly vkey?: string | undefined;
  readonly olderCheckpoints?: readonly string[];
}

/**
 * Checks an exported folder with nothing but its files.
 *
 * @param kept the verifier key and signed notes that were kept elsewhere
 * @returns the process's exit code: 0 where the log holds, else 1 after the first thing wrong.
 */
export async function auditVerifyFolder(
  dir: string,
  print: (line: string) => void,
  kept: KeptProof = {},
): Promise<number> {
  const folder = resolve(dir);
  for (const name of NAMES) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile() === true) continue;
    print(`${folder} is no export of the log: it has no file “${name}”.`);
    return 1;
  }
  const [leaves, checkpoint, vkey] = NAMES.map((name) => join(folder, name));
  if (leaves === undefined || checkpoint === undefined || vkey === undefined) return 1;
  try {
    const report = await verifyExport(
      {
        leaves: splitLines(bytesOf(leaves)),
        checkpoint: await readFile(checkpoint, "utf8"),
        vkey: kept.vkey ?? (await readFile(vkey, "utf8")),
        olderCheckpoints: kept.olderCheckpoints ?? [],
      },
      { sha256: nodeSha256 },
    );
    return tell(print, report, `under the head that ${report.origin ?? "nobody known"} signed`);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    print(`${folder} can't be read: ${error.message}.`);
    return 1;
  }
}

/** What the check of the database needs. */
export interface AuditVerifyParts {
  readonly sequencer: Database;
  readonly key: VerifierKey;
  /** The head kept outside the database: shows that the whole database was rolled back or rewritten. */
  readonly publishedCheckpoint?: PublishedCheckpoint;
  readonly olderCheckpoints?: readonly string[];
}

/** Checks the log where it lies, in the database. Changes nothing. Exit code as above. */
export async function auditVerifyDatabase(
  parts: AuditVerifyParts,
  print: (line: string) => void,
): Promise<number> {
  const kept = await parts.publishedCheckpoint?.read();
  const report = await verifyDatabase(parts.sequencer, {
    key: parts.key,
    sha256: nodeSha256,
    olderCheckpoints: [...(kept === undefined ? [] : [kept]), ...(parts.olderCheckpoints ?? [])],
  });
  return tell(
    print,
    report,
    `in the database; ${report.size} of them under its newest signed head`,
  );
}

interface Report {
  readonly ok: boolean;
  readonly leaves: number;
  readonly root: string;
  readonly problems: readonly Finding[];
  readonly problemCount: number;
  readonly warnings: readonly Finding[];
}

function tell(print: (line: string) => void, report: Report, where: string): number {
  const [first] = report.problems;
  if (first === undefined) {
    print(`The log holds: ${report.leaves} leaves ${where}, root ${report.root}.`);
  } else {
    print(`The log does not hold. ${first.message}`);
    const more = report.problemCount - 1;
    for (const { message } of report.problems.slice(1, 10)) print(`  ${message}`);
    if (more > 9) print(`  … and ${more - 9} more.`);
  }
  for (const { message } of report.warnings.slice(0, 10)) print(`Note: ${message}`);
  return report.ok ? 0 : 1;
}
