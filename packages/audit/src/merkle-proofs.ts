import { equalBytes } from "./bytes.ts";
import {
  emptyRoot,
  HASH_BYTES,
  isTreeSize,
  nodeHash,
  type NodeReader,
  splitPoint,
  TreeRangeError,
} from "./merkle.ts";
import { portableSha256, type Sha256 } from "./sha256.ts";

/**
 * RFC 6962 section 2.1.1: the hashes from the leaf's sibling up to the root's child.
 * @throws TreeRangeError unless 0 <= index < size < 2^53
 */
export async function inclusionProof(
  index: number,
  size: number,
  read: NodeReader,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array[]> {
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) {
    throw new TreeRangeError("An inclusion proof is about an index from 0 up to the size less 1.");
  }
  const proof: Uint8Array[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      proof.unshift(await rangeHash(middle, end, read, sha256));
      end = middle;
    } else {
      proof.unshift(await rangeHash(begin, middle, read, sha256));
      begin = middle;
    }
  }
  return proof;
}

/**
 * RFC 6962 section 2.1.2: proof that the tree of `size1` leaves is the start of the one of `size2`.
 * @throws TreeRangeError unless 1 <= size1 <= size2 < 2^53 (nothing follows from an empty tree)
 */
export async function consistencyProof(
  size1: number,
  size2: number,
  read: NodeReader,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array[]> {
  if (!isTreeSize(size1) || !isTreeSize(size2) || size1 < 1 || size1 > size2) {
    throw new TreeRangeError(
      "A consistency proof goes from a size of at least 1 to one not below.",
    );
  }
  const proof: Uint8Array[] = [];
  let begin = 0;
  let end = size2;
  while (end !== size1) {
    const middle = begin + splitPoint(end - begin);
    if (size1 <= middle) {
      proof.unshift(await rangeHash(middle, end, read, sha256));
      end = middle;
    } else {
      proof.unshift(await rangeHash(begin, middle, read, sha256));
      begin = middle;
    }
  }
  // The old tree itself need not be sent where it is a whole left part: its root is known.
  if (begin > 0) proof.unshift(await rangeHash(begin, end, read, sha256));
  return proof;
}

/** What an inclusion proof claims. */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether the proof shows that the leaf stands at the index (RFC 9162 section 2.1.3.2). */
export function verifyInclusion(claim: InclusionClaim, sha256: Sha256 = portableSha256): boolean {
  const { index, size, proof } = claim;
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) return false;
  if (!allHashes([claim.leafHash, claim.root, ...proof])) return false;
  let fn = index;
  let sn = size - 1;
  let hash = claim.leafHash;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash, sha256);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, half(sn)];
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(hash, claim.root);
}

/** What a consistency proof claims. */
export interface ConsistencyClaim {
  readonly size1: number;
  readonly size2: number;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the proof shows that the second tree only adds to the first (RFC 9162 section 2.1.4.2).
 * Equal sizes want equal roots and an empty proof; nothing but itself follows from the empty tree.
 */
export function verifyConsistency(
  claim: ConsistencyClaim,
  sha256: Sha256 = portableSha256,
): boolean {
  const { size1, size2, root1, root2, proof } = claim;
  if (!isTreeSize(size1) || !isTreeSize(size2) || size1 > size2) return false;
  if (!allHashes([root1, root2, ...proof])) return false;
  if (size1 === size2) {
    const sound = size1 > 0 || equalBytes(root1, emptyRoot(sha256));
    return sound && proof.length === 0 && equalBytes(root1, root2);
  }
  if (size1 === 0) return false;

  let fn = size1 - 1;
  let sn = size2 - 1;
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  // fn is 0 exactly where size1 is a power of two: then its root starts the path itself.
  const path = fn === 0 ? [root1, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let oldHash = start;
  let newHash = start;
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      oldHash = nodeHash(sibling, oldHash, sha256);
      newHash = nodeHash(sibling, newHash, sha256);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, half(sn)];
    } else {
      newHash = nodeHash(newHash, sibling, sha256);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(oldHash, root1) && equalBytes(newHash, root2);
}

/** Hash over leaves [begin, end), which must be a subtree of some tree: begin a multiple of its width. */
async function rangeHash(
  begin: number,
  end: number,
  read: NodeReader,
  sha256: Sha256,
): Promise<Uint8Array> {
  const width = end - begin;
  const level = Math.log2(width);
  if (Number.isInteger(level) && 2 ** level === width) return read(level, begin / width);
  const middle = begin + splitPoint(width);
  const left = await rangeHash(begin, middle, read, sha256);
  return nodeHash(left, await rangeHash(middle, end, read, sha256), sha256);
}

// Sizes go up to 2^53 - 1, where the bitwise operators (32 bits) would be wrong.
function half(value: number): number {
  return Math.floor(value / 2);
}

function allHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES);
}
