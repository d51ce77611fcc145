/** The part of libheif's C interface that is called, as the WebAssembly build exports it. */
declare module "libheif-js/libheif-wasm/libheif-bundle.js" {
  /** Addresses and handles are numbers; functions that give back a `heif_error` take its address first. */
  interface LibHeif {
    readonly HEAPU8: Uint8Array;
    readonly HEAPU32: Uint32Array;
    _malloc(bytes: number): number;
    _heif_context_alloc(): number;
    _heif_context_read_from_memory_without_copy(
      error: number,
      context: number,
      data: number,
      size: number,
      options: number,
    ): void;
    _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
    _heif_image_handle_has_alpha_channel(handle: number): number;
    _heif_decode_image(
      error: number,
      handle: number,
      image: number,
      colorspace: number,
      chroma: number,
      options: number,
    ): void;
    _heif_image_get_width(image: number, channel: number): number;
    _heif_image_get_height(image: number, channel: number): number;
    _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number;
  }
  /** Makes an instance of its own memory, at once: the module stands in the file itself. */
  export default function createLibHeif(options?: {
    print?: (text: string) => void;
    printErr?: (text: string) => void;
  }): LibHeif;
}
