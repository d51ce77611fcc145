import { fromBase64, toBase64 } from "./bytes.ts";
import { openCheckpoint, type OpenedCheckpoint } from "./checkpoint.ts";
import { HASH_BYTES, isTreeSize, leafHash } from "./merkle.ts";
import { verifyInclusion } from "./merkle-proofs.ts";
import type { VerifierKey } from "./note-key.ts";

/** A proof file (c2sp.org/tlog-proof) taken apart; nothing is verified yet. */
export interface ProofFile {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
  /** Not covered by any signature. Ours hold the leaf's bytes, so that the file verifies alone. */
  readonly extra?: Uint8Array;
}

/** A proof file that is none, or one that proves nothing. */
export class ProofError extends Error {
  override readonly name = "ProofError";
  readonly code: "malformed_proof" | "not_included";

  constructor(code: "malformed_proof" | "not_included", message: string) {
    super(message);
    this.code = code;
  }
}

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
/** A tree of 2^53 leaves has proofs of at most 53 hashes. */
const MAX_HASHES = 53;

/** Writes a `.tlog-proof` file. */
export function formatProof({ index, hashes, checkpoint, extra }: ProofFile): string {
  const lines = [
    FIRST_LINE,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(toBase64),
  ];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/**
 * Reads a `.tlog-proof` file strictly.
 * @throws ProofError malformed_proof
 */
export function parseProof(text: string): ProofFile {
  const end = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split("\n");
  if (first !== FIRST_LINE) throw malformed("does not start as one");
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines[0].slice(6)) : null;
  if (extra === undefined) throw malformed("has extra data that is not base64");
  if (extra !== null) lines.shift();
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "")?.[1];
  if (index === undefined || !isTreeSize(Number(index))) throw malformed("has no sound index");
  if (lines.length > MAX_HASHES) throw malformed(`has more than ${MAX_HASHES} hashes`);
  const hashes = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== HASH_BYTES) throw malformed("has a line that is not a hash");
    return hash;
  });
  const checkpoint = text.slice(end + 2);
  return { index: Number(index), hashes, checkpoint, ...(extra !== null && { extra }) };
}

/** A leaf that was shown to stand in the log. */
export interface ProvenLeaf {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly checkpoint: OpenedCheckpoint;
}

/**
 * Verifies a proof file: the checkpoint is signed by the log, and the leaf stands in its tree.
 * @param leaf the leaf's bytes; without them those in the file's extra data
 * @throws ProofError, or NoteError for what is wrong with the checkpoint
 */
export async function verifyProof(
  text: string,
  logKey: VerifierKey,
  { leaf, witnessKeys = [] }: { leaf?: Uint8Array; witnessKeys?: readonly VerifierKey[] } = {},
): Promise<ProvenLeaf> {
  const { index, hashes, checkpoint: note, extra } = parseProof(text);
  const bytes = leaf ?? extra;
  if (bytes === undefined) throw malformed("holds no leaf; hand the event's bytes in beside it");
  const checkpoint = await openCheckpoint(note, logKey, witnessKeys);
  const { size, root } = checkpoint;
  if (!verifyInclusion({ index, size, root, leafHash: leafHash(bytes), proof: hashes })) {
    throw new ProofError(
      "not_included",
      "The proof does not show that this event stands in the log.",
    );
  }
  return { index, leaf: bytes, checkpoint };
}

function malformed(fault: string): ProofError {
  return new ProofError("malformed_proof", `The proof file ${fault}.`);
}
