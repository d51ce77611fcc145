import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, toHex, utf8 } from "./bytes.ts";
import { Frontier, leafHash, naiveRoot } from "./merkle.ts";
import {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from "./merkle-proofs.ts";
import { TileEdge } from "./tile-edge.ts";
import {
  newFullTiles,
  nodeReader,
  parseTilePath,
  readTile,
  TILE_WIDTH,
  TileError,
  tileLevels,
  tilePath,
  type TileSource,
} from "./tiles.ts";

const SIZE = 66_000;
const HASHES = Array.from({ length: SIZE }, (_, index) => leafHash(utf8(`leaf ${index}`)));

interface Store extends TileSource {
  readonly tiles: Map<string, Uint8Array>;
}

function store(size: number): Store {
  const tiles = new Map<string, Uint8Array>();
  return {
    tiles,
    fullTile: async (level, n) => tiles.get(`${level}/${n}`),
    leafHashes: async (from, to) => HASHES.slice(from, Math.min(to, size)),
  };
}

function filledStore(size: number): Store {
  const filled = store(size);
  for (const tile of new TileEdge().append(HASHES.slice(0, size))) {
    filled.tiles.set(`${tile.level}/${tile.n}`, tile.data);
  }
  return filled;
}

describe("tile counts and paths of c2sp.org/tlog-tiles", () => {
  test("70,000 leaves", () => {
    expect(tileLevels(70_000)).toEqual([
      { level: 0, full: 273, partial: 112 },
      { level: 1, full: 1, partial: 17 },
      { level: 2, full: 0, partial: 1 },
    ]);
  });

  test("256 leaves are one full tile and a partial one of width 1 above it", () => {
    expect(tileLevels(256)).toEqual([
      { level: 0, full: 1, partial: 0 },
      { level: 1, full: 0, partial: 1 },
    ]);
    expect(tileLevels(0)).toEqual([]);
  });

  test("the spec's path of tile 1234067, and a partial one", () => {
    expect(tilePath({ level: 0, n: 1_234_067, width: TILE_WIDTH })).toBe("tile/0/x001/x234/067");
    expect(tilePath({ level: 1, n: 0, width: 17 })).toBe("tile/1/000.p/17");
  });

  test("every path reads back", () => {
    const ids = fc.record({
      level: fc.nat(6),
      n: fc.maxSafeInteger().map(Math.abs),
      width: fc.integer({ min: 1, max: TILE_WIDTH }),
    });
    fc.assert(
      fc.property(ids, (id) => {
        expect(parseTilePath(tilePath(id))).toEqual(id);
      }),
    );
  });

  test.each([
    "tile/0/1",
    "tile/00/001",
    "tile/64/001",
    "tile/0/x000/001",
    "tile/0/001/002",
    "tile/0/001.p/0",
    "tile/0/001.p/256",
    "tile/0/001.p/012",
    "tile/0/001.p/",
    "tile/-1/001",
    "tile/0/../001",
    "/tile/0/001",
    "tile/0/001\n",
  ])("refuses %j", (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

describe("tiles", () => {
  test("the edge gives each full tile once, with the hashes of its subtree", () => {
    const edge = new TileEdge();
    const tiles = edge.append(HASHES);
    const byNumber = (a: { level: number; n: number }, b: { level: number; n: number }) =>
      a.level - b.level || a.n - b.n;
    expect(tiles.map(({ level, n, width }) => ({ level, n, width })).toSorted(byNumber)).toEqual(
      newFullTiles(0, SIZE).toSorted(byNumber),
    );
    const [first, top] = [tiles[0], tiles.find((tile) => tile.level === 1)];
    expect(first?.data).toEqual(concatBytes(...HASHES.slice(0, 256)));
    expect(toHex(top?.data.subarray(32, 64) ?? new Uint8Array())).toBe(
      toHex(naiveRoot(HASHES.slice(256, 512))),
    );
  });

  test("an edge loaded after a restart goes on as if there had been none", async () => {
    const before = 65_500;
    const edge = await TileEdge.load(filledStore(before), before);
    const whole = new TileEdge();
    whole.append(HASHES.slice(0, before));
    expect(edge.append(HASHES.slice(before))).toEqual(whole.append(HASHES.slice(before)));
    expect(edge.size).toBe(SIZE);
  });

  test("the root from tiles is the root from leaves, at every kind of size", async () => {
    const whole = filledStore(SIZE);
    for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, SIZE]) {
      const frontier = new Frontier();
      HASHES.slice(0, size).forEach((hash) => frontier.append(hash));
      const fromTiles = await Frontier.load(size, nodeReader(whole, size));
      expect(toHex(fromTiles.root())).toBe(toHex(frontier.root()));
    }
  });

  test("proofs made from tiles verify, also while full tiles are not yet stored", async () => {
    const [size1, size] = [700, 1500];
    const frontier = new Frontier();
    const roots = HASHES.slice(0, size).map((hash) => (frontier.append(hash), frontier.root()));
    const [root1, root2] = [roots[size1 - 1], roots[size - 1]];
    if (root1 === undefined || root2 === undefined) throw new Error("two roots");
    for (const source of [filledStore(size), store(size)]) {
      const read = nodeReader(source, size);
      for (const index of [0, 255, 256, 1279, 1280, 1499]) {
        const proof = await inclusionProof(index, size, read);
        const claim = {
          index,
          size,
          leafHash: leafHash(utf8(`leaf ${index}`)),
          root: root2,
          proof,
        };
        expect(verifyInclusion(claim)).toBe(true);
      }
      const proof = await consistencyProof(size1, size, read);
      expect(verifyConsistency({ size1, size2: size, root1, root2, proof })).toBe(true);
    }
  });

  test("a changed tile changes the root", async () => {
    const changed = filledStore(600);
    const tile = changed.tiles.get("0/1");
    if (tile === undefined) throw new Error("a tile");
    tile[77] = (tile[77] ?? 0) ^ 1;
    const frontier = await Frontier.load(600, nodeReader(changed, 600));
    expect(toHex(frontier.root())).not.toBe(toHex(naiveRoot(HASHES.slice(0, 600))));
  });

  test("a partial tile is the start of the full one", async () => {
    const id = { level: 1, n: 0 };
    const partial = await readTile(store(2000), { ...id, width: 7 });
    expect(partial).toEqual(
      concatBytes(
        ...[0, 1, 2, 3, 4, 5, 6].map((n) => naiveRoot(HASHES.slice(n * 256, (n + 1) * 256))),
      ),
    );
    const full = filledStore(SIZE);
    expect(await readTile(full, { ...id, width: 7 })).toEqual(partial);
  });

  test("too few hashes, a short tile, and a node beyond the size are errors, not zeros", async () => {
    await expect(readTile(store(100), { level: 0, n: 0, width: 101 })).rejects.toThrow(TileError);
    const short = filledStore(256);
    short.tiles.set("0/0", new Uint8Array(100));
    await expect(readTile(short, { level: 0, n: 0, width: 256 })).rejects.toThrow(TileError);
    await expect(nodeReader(store(100), 100)(0, 100)).rejects.toThrow(RangeError);
  });
});
