import type { PGlite } from "@electric-sql/pglite";
import { BLOCK, tarEntries } from "../tar.ts";

/** Postgres reads its log by pages of this size, and lets a segment grow again as it writes. */
const PAGE = 8_192;
const SEGMENT = /(?:^|\/)pg_wal\/([0-9A-F]{24})$/;

/**
 * Dumps a database as a tar of what a page needs to open it: without the templates for other databases, and
 * of the write-ahead log only what was written since a last checkpoint. The database can't be used
 * afterwards.
 */
export async function slimDump(pglite: PGlite): Promise<Uint8Array<ArrayBuffer>> {
  // Whoever used the session last left it under their own role.
  await pglite.exec("reset role");
  await pglite.exec("update pg_database set datistemplate = false");
  for (const template of ["template0", "template1"]) {
    await pglite.exec(`drop database ${template}`);
  }
  await pglite.exec("vacuum full");
  await pglite.exec("select pg_switch_wal()");
  await pglite.exec("checkpoint");
  const { rows } = await pglite.query<{ name: string }>(
    "select pg_walfile_name(pg_current_wal_lsn()) as name",
  );
  const dump = await pglite.dumpDataDir("none");
  return slimTar(new Uint8Array(await dump.arrayBuffer()), rows[0]?.name ?? "");
}

/** Leaves out every log segment but the named one, and of that the empty rest. */
function slimTar(tar: Uint8Array, segment: string): Uint8Array<ArrayBuffer> {
  const kept: Uint8Array[] = [];
  for (const { name, header, content, end } of tarEntries(tar)) {
    const found = SEGMENT.exec(name)?.[1];
    if (found === undefined) kept.push(tar.subarray(header, end));
    else if (found === segment) {
      const written = tar.subarray(content, content + writtenLength(tar.subarray(content, end)));
      kept.push(withSize(tar.subarray(header, content), written.length), written);
    }
  }
  kept.push(new Uint8Array(2 * BLOCK));
  const slim = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of kept) {
    slim.set(part, at);
    at += part.length;
  }
  return slim;
}

/** Whole pages up to the last byte that is not 0. */
function writtenLength(content: Uint8Array): number {
  let last = content.length;
  while (last > 0 && content[last - 1] === 0) last -= 1;
  return Math.min(content.length, Math.max(1, Math.ceil(last / PAGE)) * PAGE);
}

/** An entry's header for so many bytes, with its sum made anew. */
function withSize(header: Uint8Array, size: number): Uint8Array {
  const changed = header.slice();
  const write = (text: string, at: number): void => changed.set(new TextEncoder().encode(text), at);
  write(`${size.toString(8).padStart(11, "0")} `, 124);
  write(" ".repeat(8), 148);
  const sum = changed.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return changed;
}
