import createLibHeif from "libheif-js/libheif-wasm/libheif-bundle.js";

/** Decoded pixels, turned as the file's boxes say, 8 bits a channel, in the file's own colours. */
export interface HeicPixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

// libheif's own numbers (heif_image.h).
const RGB = 1;
const INTERLEAVED_RGB = 10;
const INTERLEAVED_RGBA = 11;
const INTERLEAVED = 10;

/**
 * Decodes the primary picture of a HEIC by libheif's WebAssembly build; throws where libheif gives
 * an error. Each picture gets an instance of its own: one file can't leave anything behind for the
 * next, and the instance's memory, which only ever grows, goes with it. Blocks its thread.
 *
 * Here and not in sharp, whose libheif comes without a decoder for HEVC.
 */
export function decodeHeic(bytes: Uint8Array): HeicPixels {
  const silent = (): void => {};
  const lib = createLibHeif({ print: silent, printErr: silent });
  const file = lib._malloc(bytes.length);
  const error = lib._malloc(12);
  const out = lib._malloc(4);
  if (file === 0) throw new Error("libheif has no memory for the file.");
  lib.HEAPU8.set(bytes, file);
  const word = (address: number): number => lib.HEAPU32[address >> 2] ?? 0;
  const check = (): void => {
    if (word(error) !== 0) throw new Error(`libheif gave error ${word(error)}.${word(error + 4)}.`);
  };
  const context = lib._heif_context_alloc();
  lib._heif_context_read_from_memory_without_copy(error, context, file, bytes.length, 0);
  check();
  lib._heif_context_get_primary_image_handle(error, context, out);
  check();
  const handle = word(out);
  const hasAlpha = lib._heif_image_handle_has_alpha_channel(handle) !== 0;
  const layout = hasAlpha ? INTERLEAVED_RGBA : INTERLEAVED_RGB;
  lib._heif_decode_image(error, handle, out, RGB, layout, 0);
  check();
  const image = word(out);
  const width = lib._heif_image_get_width(image, INTERLEAVED);
  const height = lib._heif_image_get_height(image, INTERLEAVED);
  const plane = lib._heif_image_get_plane_readonly(image, INTERLEAVED, out);
  const stride = word(out);
  const channels = hasAlpha ? 4 : 3;
  const row = width * channels;
  if (plane === 0 || width <= 0 || height <= 0 || stride < row)
    throw new Error("libheif gave no pixels.");
  const data = new Uint8Array(row * height);
  for (let y = 0; y < height; y += 1)
    data.set(lib.HEAPU8.subarray(plane + y * stride, plane + y * stride + row), y * row);
  return { data, width, height, channels };
}
