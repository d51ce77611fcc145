import { fromBase64, toBase64 } from "./bytes.ts";
import { HASH_BYTES, isTreeSize } from "./merkle.ts";
import { openNote, type OpenedNote } from "./note.ts";
import { NoteError, type VerifierKey } from "./note-key.ts";
import { type NoteSigner, signNote } from "./note-signer.ts";

/** What a log states when it signs: which log, how many leaves, the root over them. */
export interface TreeHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text that is signed (c2sp.org/tlog-checkpoint, without extension lines). */
export function formatTreeHead({ origin, size, root }: TreeHead): string {
  if (!isOrigin(origin) || !isTreeSize(size) || root.length !== HASH_BYTES) {
    throw malformed("can't be written: its origin, size or root is not one");
  }
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/**
 * Reads a checkpoint's text strictly: a size without leading zeros or signs, an exact root, no
 * extension lines (ours have none, and a witness does not vouch for them).
 * @throws NoteError malformed_checkpoint
 */
export function parseTreeHead(text: string): TreeHead {
  const [origin, size, encoded, end, ...more] = text.split("\n");
  if (end !== "" || more.length > 0) throw malformed("does not have exactly three lines");
  if (origin === undefined || !isOrigin(origin)) throw malformed("has an origin that is none");
  if (size === undefined || !/^(0|[1-9][0-9]{0,15})$/.test(size) || !isTreeSize(Number(size))) {
    throw malformed("has a size that is not a plain whole number");
  }
  const root = fromBase64(encoded ?? "");
  if (root?.length !== HASH_BYTES) throw malformed("has a root that is not 32 bytes of base64");
  return { origin, size: Number(size), root };
}

/** A checkpoint whose log signature was verified. */
export interface OpenedCheckpoint extends TreeHead {
  readonly note: OpenedNote;
}

/** The signed note of a tree head; the signer's name is the origin, by convention of C2SP. */
export function signCheckpoint(head: TreeHead, signers: readonly NoteSigner[]): Promise<string> {
  return signNote(formatTreeHead(head), signers);
}

/**
 * Verifies a checkpoint: signed by the log's key, and of the log that the key is named after.
 * Witnesses' signatures are verified too where their keys are given; who of them signed, and when,
 * stands in `note.verified`.
 * @throws NoteError with one of its codes
 */
export async function openCheckpoint(
  checkpoint: string,
  logKey: VerifierKey,
  witnessKeys: readonly VerifierKey[] = [],
): Promise<OpenedCheckpoint> {
  const note = await openNote(checkpoint, [logKey, ...witnessKeys]);
  if (!note.verified.some(({ key }) => key === logKey)) {
    throw new NoteError("unsigned", "Witnesses signed the checkpoint, but the log itself did not.");
  }
  const head = parseTreeHead(note.text);
  if (head.origin !== logKey.name) {
    throw new NoteError(
      "wrong_origin",
      "The checkpoint is another log's: its origin is not the key's name.",
    );
  }
  return { ...head, note };
}

// C2SP lets an origin be any text; ours is also the key's name, which a note keeps free of spaces.
function isOrigin(origin: string): boolean {
  return /^[^\s+]+$/u.test(origin) && origin.isWellFormed();
}

function malformed(fault: string): NoteError {
  return new NoteError("malformed_checkpoint", `The checkpoint ${fault}.`);
}
