import sharp from "sharp";
import { prepareClip as prepareClipHere } from "./clip/prepare-clip.ts";
import { preparePhoto as preparePhotoHere } from "./photo/prepare-photo.ts";
import { guardChild } from "./pool/guard-child.ts";

// The module that children run. Two children already use two cores, and nothing is read twice.
guardChild();
sharp.concurrency(1);
sharp.cache(false);
// Of all that libvips can read, only what is taken stays open.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadHeifBuffer",
  ],
});

/** Runs in the child; see photo/prepare-photo.ts. */
export async function preparePhoto(
  input: Parameters<typeof preparePhotoHere>[0],
): ReturnType<typeof preparePhotoHere> {
  return tidily(() => preparePhotoHere(input));
}

/** Runs in the child; see clip/prepare-clip.ts. */
export async function prepareClip(
  input: Parameters<typeof prepareClipHere>[0],
): ReturnType<typeof prepareClipHere> {
  return tidily(() => prepareClipHere(input));
}

/** Pixels lie outside V8's heap, which therefore sees no reason to free them before the next file. */
async function tidily<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    setImmediate(() => globalThis.gc?.());
  }
}
