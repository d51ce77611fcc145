import { Reader } from "../binary.ts";
import { EBML, type Element, readElement } from "./ebml.ts";

/** An element of the segment; `contentEnd` is known also where its size is not. */
export interface TopLevel extends Element {
  readonly contentEnd: number;
}

/** The segment, where the file has one behind its header. */
export function findSegment(r: Reader): Element | undefined {
  const header = readElement(r, 0);
  if (header === "cut" || header === "bad" || header.end === undefined) return undefined;
  const segment = readElement(r, header.end);
  return segment === "cut" || segment === "bad" || segment.id !== EBML.segment
    ? undefined
    : segment;
}

/** The segment's elements; a cluster of unknown size reaches to the next of them. */
export function topLevel(r: Reader, segment: Element): TopLevel[] {
  const to = segment.end ?? r.length;
  const elements: Element[] = [];
  for (let at = segment.data; at < to;) {
    const element = readElement(r, at);
    if (element === "cut" || element === "bad") break;
    // Ids of four bytes are the segment's own; shorter ones here are an unknown-sized cluster's.
    if (element.id > 0xffffff) elements.push(element);
    at = element.end ?? element.data;
  }
  return elements.map((element, i) => ({
    ...element,
    contentEnd: element.end ?? elements[i + 1]?.start ?? to,
  }));
}

/**
 * A copy whose index (SeekHead and Cues) is declared void, so that it is skipped. An index that lies
 * leads the demuxer in circles; without one it reads the frames in their order.
 */
export function withoutIndex(bytes: Uint8Array): Uint8Array {
  const r = new Reader(bytes);
  const segment = findSegment(r);
  if (!segment) return bytes;
  const copy = Buffer.from(bytes);
  for (const { id, start, end } of topLevel(r, segment)) {
    if ((id !== EBML.cues && id !== EBML.seekHead) || end === undefined || end > bytes.length)
      continue;
    // A header of nine bytes where that fits, else of two.
    copy[start] = EBML.void;
    if (end - start >= 9) copy.writeBigUInt64BE((1n << 56n) | BigInt(end - start - 9), start + 1);
    else copy[start + 1] = 0x80 | (end - start - 2);
  }
  return copy;
}
