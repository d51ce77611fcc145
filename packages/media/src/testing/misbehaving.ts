import { guardChild } from "../pool/guard-child.ts";

// Tasks that do to a child what a hostile file might.
guardChild();

export function echo(input: { readonly bytes: Uint8Array }): Uint8Array {
  return input.bytes;
}

export function environment(): readonly string[] {
  return Object.keys(process.env);
}

export function throws(): never {
  throw new Error("no");
}

/** A loop that hears no message, as a decoder stuck in native code. */
export function hang(): never {
  for (;;);
}

/** What a decoder's bad pointer does. */
export function crash(): never {
  process.kill(process.pid, "SIGSEGV");
  for (;;);
}

/** Native memory, which V8's own limits don't see. */
export async function hoard(): Promise<number> {
  const kept: Buffer[] = [];
  while (kept.length < 150) {
    kept.push(Buffer.alloc(8_000_000, 1));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return kept.length;
}
