/** What a tar is made of: each header is one, and each content is filled up to whole ones. */
export const BLOCK = 512;
/** The type flag of a folder, `5`. */
const FOLDER = 0x35;

/** A file or folder of a tar; the offsets are those of its header, its content and the next entry. */
export interface TarEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  readonly header: number;
  readonly content: number;
  readonly end: number;
}

/** What a plain tar of PGlite's data directory holds, in order. */
export function* tarEntries(tar: Uint8Array): Generator<TarEntry> {
  for (let header = 0; header + BLOCK <= tar.length;) {
    const name = textOf(tar.subarray(header, header + 100));
    if (name === "") return;
    const size = Number.parseInt(textOf(tar.subarray(header + 124, header + 136)), 8) || 0;
    const content = header + BLOCK;
    const end = content + Math.ceil(size / BLOCK) * BLOCK;
    yield { name, isFolder: tar[header + 156] === FOLDER, size, header, content, end };
    header = end;
  }
}

const text = new TextDecoder();

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return text.decode(end === -1 ? field : field.subarray(0, end)).trim();
}
