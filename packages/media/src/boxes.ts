import type { Reader } from "./binary.ts";

/** One box of an ISO media file (ISO/IEC 14496-12, 4.2), with where its header begins. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly data: number;
  readonly end: number;
}

/** The boxes between two offsets up to the first that doesn't fit, and how the walk ended. */
export interface Boxes {
  readonly boxes: readonly Box[];
  /** `cut`: the file ends inside a box. `bad`: a box contradicts itself or what it stands in. */
  readonly ended: "whole" | "cut" | "bad";
  /** Where the box that is cut would have ended. */
  readonly wantedEnd?: number;
}

/** A 30 s recording in fragments of 20 ms has 3,000; a file of nothing but headers has millions. */
const MOST_BOXES = 20_000;

/** Reads the boxes between two offsets. */
export function readBoxes(r: Reader, from: number, to: number): Boxes {
  const boxes: Box[] = [];
  const tooLong = to === r.length ? "cut" : "bad";
  for (let at = from; at < to;) {
    if (at + 8 > to) return { boxes, ended: tooLong };
    let size = r.u32(at);
    let data = at + 8;
    if (size === 1) {
      if (at + 16 > to) return { boxes, ended: tooLong };
      size = r.u64(data);
      data += 8;
    } else if (size === 0) {
      size = to - at;
    }
    const end = at + size;
    if (end < data || boxes.length === MOST_BOXES) return { boxes, ended: "bad" };
    if (end > to) return { boxes, ended: tooLong, wantedEnd: end };
    boxes.push({ type: r.ascii(at + 4, 4), start: at, data, end });
    at = end;
  }
  return { boxes, ended: "whole" };
}

/** The first box of a type inside another. */
export function findBox(r: Reader, parent: Box, type: string): Box | undefined {
  return readBoxes(r, parent.data, parent.end).boxes.find((box) => box.type === type);
}
