import { equalBytes, toBase64 } from "./bytes.ts";
import { openCheckpoint, type OpenedCheckpoint } from "./checkpoint.ts";
import { EventCheck } from "./event-check.ts";
import { type Finding, type FindingCode, Findings } from "./finding.ts";
import { LinesError } from "./lines.ts";
import { Frontier, leafHash } from "./merkle.ts";
import { NoteError, parseVerifierKey, type VerifierKey } from "./note-key.ts";
import { portableSha256, type Sha256 } from "./sha256.ts";

/** An exported log. */
export interface ExportInput {
  /** Each leaf's exact bytes, in order from 0 (`splitLines` over `leaves.jsonl`). */
  readonly leaves: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** The newest checkpoint: a signed note. */
  readonly checkpoint: string;
  /** The log's verifier key. Take it from somewhere else than the export where you can. */
  readonly vkey: string;
  /** Checkpoints kept from before: the only thing that shows a log cut or rewritten with its key. */
  readonly olderCheckpoints?: readonly string[];
}

export interface VerifyOptions {
  readonly sha256?: Sha256;
  /** How long before the end of a process that never stopped a number may be missing; see EmitterCheck. */
  readonly tailSeconds?: number;
}

/** What a check of an export found. `problems[0]` is the first thing wrong. */
export interface ExportReport {
  readonly ok: boolean;
  /** What the checkpoint states, where it could be read and is signed by the key. */
  readonly origin?: string;
  readonly size?: number;
  /** How many leaves were read, and the root over them (base64, as in a checkpoint). */
  readonly leaves: number;
  readonly root: string;
  /** The first 100 of each; `problemCount` counts all. */
  readonly problems: readonly Finding[];
  readonly problemCount: number;
  readonly warnings: readonly Finding[];
}

/**
 * Checks an export with nothing but its files: signature, canonical form and schema of each leaf,
 * count, root, roots of older checkpoints, events written twice, gaps in the emitters' numbers.
 * Never throws for what is in the files. Memory: about 150 bytes a leaf, for the event ids.
 */
export async function verifyExport(
  input: ExportInput,
  { sha256 = portableSha256, tailSeconds = 10 }: VerifyOptions = {},
): Promise<ExportReport> {
  const findings = new Findings();
  const key = readKey(input.vkey, findings);
  const head = key && (await readHead(input.checkpoint, key, findings));
  const older = key ? await readOlder(input.olderCheckpoints ?? [], key, findings) : [];
  compareHeads(head, older, findings);

  const roots = new Map<number, Uint8Array>();
  const wanted = new Set([head, ...older].flatMap((known) => known?.size ?? []));
  const events = new EventCheck(findings, tailSeconds);
  const frontier = new Frontier(sha256);
  if (wanted.has(0)) roots.set(0, frontier.root());
  try {
    for await (const leaf of input.leaves) {
      const hash = leafHash(leaf, sha256);
      events.add(leaf, hash, frontier.size);
      frontier.append(hash);
      if (wanted.has(frontier.size)) roots.set(frontier.size, frontier.root());
    }
  } catch (error) {
    if (!(error instanceof LinesError)) throw error;
    findings.problem({ code: "broken_file", at: frontier.size, message: error.message });
  }
  compareRoots(head, older, roots, frontier.size, findings);
  events.finish();
  return {
    ok: findings.problemCount === 0,
    ...(head && { origin: head.origin, size: head.size }),
    leaves: frontier.size,
    root: toBase64(frontier.root()),
    problems: findings.problems,
    problemCount: findings.problemCount,
    warnings: findings.warnings,
  };
}

function readKey(vkey: string, findings: Findings): VerifierKey | undefined {
  try {
    return parseVerifierKey(vkey.trim());
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    findings.problem({ code: "bad_key", message: error.message });
    return undefined;
  }
}

async function readHead(
  checkpoint: string,
  key: VerifierKey,
  findings: Findings,
): Promise<OpenedCheckpoint | undefined> {
  try {
    return await openCheckpoint(checkpoint, key);
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    findings.problem({ code: headCode(error), message: error.message });
    return undefined;
  }
}

function headCode({ code }: NoteError): FindingCode {
  if (code === "bad_signature" || code === "unsigned") return "bad_signature";
  return code === "wrong_origin" ? code : "bad_checkpoint";
}

async function readOlder(
  checkpoints: readonly string[],
  key: VerifierKey,
  findings: Findings,
): Promise<OpenedCheckpoint[]> {
  const heads: OpenedCheckpoint[] = [];
  for (const [index, checkpoint] of checkpoints.entries()) {
    try {
      heads.push(await openCheckpoint(checkpoint, key));
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      const message = `Older checkpoint ${index + 1} can't be used. ${error.message}`;
      findings.problem({ code: "bad_older_checkpoint", message });
    }
  }
  return heads.toSorted((a, b) => a.size - b.size);
}

function compareHeads(
  head: OpenedCheckpoint | undefined,
  older: readonly OpenedCheckpoint[],
  findings: Findings,
): void {
  const known = new Map(head && [[head.size, head.root]]);
  for (const { size, root } of older) {
    const other = known.get(size);
    known.set(size, root);
    if (head !== undefined && size > head.size) {
      const message = `An older checkpoint is over ${size} leaves, the newest over ${head.size} only: the log was cut.`;
      findings.problem({ code: "shrunk", message });
    } else if (other !== undefined && !equalBytes(other, root)) {
      const message = `Two checkpoints over ${size} leaves have different roots: the log showed two histories.`;
      findings.problem({ code: "split_view", message });
    }
  }
}

function compareRoots(
  head: OpenedCheckpoint | undefined,
  older: readonly OpenedCheckpoint[],
  roots: ReadonlyMap<number, Uint8Array>,
  count: number,
  findings: Findings,
): void {
  const holds = ({ size, root }: OpenedCheckpoint) => equalBytes(roots.get(size) ?? root, root);
  const broken = older.find((past) => !holds(past));
  if (broken !== undefined) {
    const message = `The first ${broken.size} leaves are not those that were signed when there were ${broken.size}: one of them was changed, added, removed or moved.`;
    findings.problem({ code: "older_root_mismatch", message });
  }
  if (head === undefined) return;
  if (count !== head.size) {
    const message = `The checkpoint is over ${head.size} leaves, but ${count} are here.`;
    findings.problem({ code: "count_mismatch", message });
  }
  if (!holds(head)) {
    const sound = older.findLast((past) => roots.has(past.size) && holds(past))?.size ?? 0;
    const where = sound > 0 ? ` The first ${sound} are still as they were signed.` : "";
    const message = `The root over the leaves is not the signed one: a leaf was changed, added, removed or moved.${where}`;
    findings.problem({ code: "root_mismatch", message });
  }
}
