import type { Reader } from "../../binary.ts";
import type { HeifItem } from "./items.ts";

export interface HeifColour {
  /** An ICC profile. */
  readonly profile?: Uint8Array;
  /** Display P3 said by numbers (ITU-T H.273: primaries 12), without a profile. */
  readonly isP3: boolean;
  /** PQ, HLG, or the primaries of BT.2020: without tone mapping they come out pale and wrong. */
  readonly isForHdr: boolean;
}

/** What the `colr` boxes say, of the picture or, where it has none, of its first tile. */
export function readColour(r: Reader, item: HeifItem, tile: HeifItem | undefined): HeifColour {
  const own = item.properties.filter((property) => property.type === "colr");
  const boxes =
    own.length > 0 ? own : (tile?.properties ?? []).filter((property) => property.type === "colr");
  const kind = (type: string) => boxes.find(({ data }) => r.ascii(data, 4) === type);
  const prof = kind("prof") ?? kind("rICC");
  const nclx = kind("nclx");
  const primaries = nclx && nclx.end - nclx.data >= 10 ? r.u16(nclx.data + 4) : 2;
  const transfer = nclx && nclx.end - nclx.data >= 10 ? r.u16(nclx.data + 6) : 2;
  return {
    ...(prof ? { profile: Uint8Array.from(r.bytes.subarray(prof.data + 4, prof.end)) } : {}),
    isP3: !prof && primaries === 12,
    isForHdr: transfer === 16 || transfer === 18 || (!prof && primaries === 9),
  };
}
