import type { PGliteOptions } from "@electric-sql/pglite";

/** What PGlite would otherwise ask for itself, later and with a copy of each. */
export type PgliteParts = Pick<PGliteOptions, "pgliteWasmModule" | "initdbWasmModule" | "fsBundle">;

/** A module of WebAssembly with nothing in it: the magic number and the version. */
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** Asks for PGlite's parts, for a page. `initdb` has no work where the data directory is there. */
export async function fetchPgliteParts(address: string): Promise<PgliteParts> {
  const [pgliteWasmModule, files] = await Promise.all([
    // From its address, so that the browser keeps what it compiled.
    WebAssembly.compileStreaming(fetch(`${address}pglite.wasm`)),
    fetch(`${address}pglite.data`).then((response) => response.arrayBuffer()),
  ]);
  return {
    pgliteWasmModule,
    initdbWasmModule: new WebAssembly.Module(EMPTY_MODULE),
    fsBundle: new HeldBytes(files),
  };
}

/** A blob that gives out the bytes that it was made of, not a copy that went through the browser. */
class HeldBytes extends Blob {
  readonly #bytes: ArrayBuffer;

  constructor(bytes: ArrayBuffer) {
    super();
    this.#bytes = bytes;
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(this.#bytes);
  }
}
