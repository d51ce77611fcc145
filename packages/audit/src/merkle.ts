import { portableSha256, type Sha256 } from "./sha256.ts";

/** Bytes of one hash. */
export const HASH_BYTES = 32;

/** RFC 6962 section 2.1: SHA-256(0x00 || leaf). */
export function leafHash(leaf: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  const bytes = new Uint8Array(leaf.length + 1);
  bytes.set(leaf, 1);
  return sha256(bytes);
}

/** RFC 6962 section 2.1: SHA-256(0x01 || left || right). */
export function nodeHash(
  left: Uint8Array,
  right: Uint8Array,
  sha256: Sha256 = portableSha256,
): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** Root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(sha256: Sha256 = portableSha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/**
 * Hash of the perfect subtree over leaves [index * 2^level, (index + 1) * 2^level).
 * Level 0 are the leaf hashes. `nodeReader` of `tiles.ts` makes one from tiles.
 */
export type NodeReader = (level: number, index: number) => Promise<Uint8Array>;

/** A size or index that is no tree's: beyond 2^53, negative, not whole, or not below the size. */
export class TreeRangeError extends RangeError {
  override readonly name = "TreeRangeError";
}

/** Throws TreeRangeError unless the number can be a tree's size: 0 to 2^53 - 1, whole. */
export function assertTreeSize(size: number): void {
  if (!isTreeSize(size)) {
    throw new TreeRangeError("A tree's size is a whole number from 0 to 2^53 - 1.");
  }
}

/** Whether the number can be a tree's size: 0 to 2^53 - 1, whole. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/**
 * The right edge of a growing tree: one hash for each set bit of the size, largest subtree first
 * (a "compact range"). Enough to add leaves and to give the root, in at most 53 hashes.
 */
export class Frontier {
  readonly #sha256: Sha256;
  readonly #hashes: Uint8Array[];
  #size: number;

  /** @param hashes one hash for each set bit of `size`, largest subtree first (see `hashes()`) */
  constructor(sha256: Sha256 = portableSha256, size = 0, hashes: readonly Uint8Array[] = []) {
    assertTreeSize(size);
    const sound = hashes.every((hash) => hash.length === HASH_BYTES);
    if (!sound || hashes.length !== perfectSubtrees(size).length) {
      throw new TreeRangeError("A frontier needs one 32-byte hash for each set bit of its size.");
    }
    this.#sha256 = sha256;
    this.#size = size;
    this.#hashes = [...hashes];
  }

  /** The frontier of an existing tree, from its nodes. */
  static async load(
    size: number,
    read: NodeReader,
    sha256: Sha256 = portableSha256,
  ): Promise<Frontier> {
    assertTreeSize(size);
    const hashes = await Promise.all(
      perfectSubtrees(size).map((node) => read(node.level, node.index)),
    );
    return new Frontier(sha256, size, hashes);
  }

  get size(): number {
    return this.#size;
  }

  /** A copy of the hashes, largest subtree first: all that must be kept to go on later. */
  hashes(): Uint8Array[] {
    return [...this.#hashes];
  }

  /** An independent copy. */
  clone(): Frontier {
    return new Frontier(this.#sha256, this.#size, this.#hashes);
  }

  /** Adds the next leaf's hash (`leafHash` of its bytes). */
  append(hash: Uint8Array): void {
    assertTreeSize(this.#size + 1);
    if (hash.length !== HASH_BYTES) throw new TreeRangeError("A leaf hash has 32 bytes.");
    let node = hash;
    // Each trailing 1 bit of the old size is a finished subtree that the new one completes.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = this.#hashes.pop();
      if (left !== undefined) node = nodeHash(left, node, this.#sha256);
    }
    this.#hashes.push(node);
    this.#size += 1;
  }

  /** The root at the present size. */
  root(): Uint8Array {
    const root = this.#hashes.reduceRight<Uint8Array | undefined>(
      (right, left) => (right === undefined ? left : nodeHash(left, right, this.#sha256)),
      undefined,
    );
    return root ?? emptyRoot(this.#sha256);
  }
}

/** Perfect subtrees that make up the first `size` leaves, largest (leftmost) first. */
export function perfectSubtrees(size: number): { level: number; index: number }[] {
  const nodes: { level: number; index: number }[] = [];
  let rest = size;
  for (let level = 0; rest > 0; level += 1) {
    if (rest % 2 === 1) nodes.unshift({ level, index: rest - 1 });
    rest = Math.floor(rest / 2);
  }
  return nodes;
}

/**
 * Root of the tree over these leaf hashes, by the recursive definition of RFC 6962 section 2.1.
 * Slow and obvious: tests and small checks compare the frontier with it.
 */
export function naiveRoot(
  hashes: readonly Uint8Array[],
  sha256: Sha256 = portableSha256,
): Uint8Array {
  const [only] = hashes;
  if (only === undefined) return emptyRoot(sha256);
  if (hashes.length === 1) return only;
  const half = splitPoint(hashes.length);
  return nodeHash(
    naiveRoot(hashes.slice(0, half), sha256),
    naiveRoot(hashes.slice(half), sha256),
    sha256,
  );
}

/** The largest power of two below `size` (`size` at least 2). */
export function splitPoint(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}
