import { concatBytes } from "./bytes.ts";

/** A file that is not one leaf a line. */
export class LinesError extends Error {
  override readonly name = "LinesError";
}

const NEWLINE = 0x0a;
/** Far above a leaf's 16 KiB: longer is no export, and must not fill the memory. */
const MAX_LINE_BYTES = 1_048_576;

/** A leaf as a line of `leaves.jsonl`: its exact bytes and a newline (canonical JSON holds none). */
export function leafLine(leaf: Uint8Array): Uint8Array<ArrayBuffer> {
  if (leaf.includes(NEWLINE))
    throw new LinesError("A leaf holds a newline, so it can't be a line.");
  return concatBytes(leaf, [NEWLINE]);
}

/**
 * Cuts a file that comes in chunks into lines, without their newlines.
 * @throws LinesError where the file ends within a line, or a line has over 1 MiB
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield concatBytes(...parts, chunk.subarray(start, end));
      parts = [];
      length = 0;
      start = end + 1;
    }
    // A copy, because whoever reads a file may fill the same buffer again.
    const rest = chunk.slice(start);
    length += rest.length;
    if (length > MAX_LINE_BYTES) throw new LinesError("The file has a line of more than 1 MiB.");
    if (rest.length > 0) parts.push(rest);
  }
  if (parts.length > 0) throw new LinesError("The file ends in the middle of a line.");
}
