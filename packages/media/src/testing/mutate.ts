/** Counts and sizes that are wrong in the ways that parsers trip over. */
const LIES = [0, 1, 7, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff] as const;

/** A file changed as chance says: bits turned, bytes lost, doubled or swapped, lengths that lie, cuts. */
export function mutate(file: Uint8Array, chance: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(chance() * limit);
  // Headers are where parsers believe what they read; four of five changes go there.
  const reach = chance() < 0.8 ? Math.min(file.length, 700) : file.length;
  const copy = Buffer.from(file);
  const at = below(reach);
  switch (below(6)) {
    case 0:
      return Uint8Array.from(copy.subarray(0, below(file.length)));
    case 1: {
      const [from, to] = [at, Math.min(file.length, at + 1 + below(64))];
      return Uint8Array.from(Buffer.concat([copy.subarray(0, from), copy.subarray(to)]));
    }
    case 2: {
      const piece = copy.subarray(at, at + 1 + below(64));
      return Uint8Array.from(Buffer.concat([copy.subarray(0, at), piece, copy.subarray(at)]));
    }
    case 3:
    case 4: {
      const lie = LIES[below(LIES.length)] ?? 0;
      const place = Math.max(0, Math.min(file.length - 4, at));
      if (chance() < 0.6) copy.writeUInt32BE(lie, place);
      else if (chance() < 0.5) copy.writeUInt32LE(lie, place);
      else copy.writeUInt16BE(lie & 0xffff, place);
      return Uint8Array.from(copy);
    }
    default:
      for (let i = 1 + below(4); i > 0; i -= 1) {
        const place = below(reach);
        copy[place] = (copy[place] ?? 0) ^ (1 << below(8));
      }
      return Uint8Array.from(copy);
  }
}
