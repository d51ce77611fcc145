/** Below this a picture is small enough to be drawn at any size without flickering detail. */
const SMALLEST = 256;

/**
 * Decodes a picture, and halves it until it is small: what is shown small is drawn from a small
 * size. Throws where it can't be decoded.
 */
export async function decodePicture(bytes: Blob): Promise<ImageBitmap[]> {
  const sizes = [await createImageBitmap(bytes)];
  for (let last = sizes[0]; last !== undefined; last = sizes.at(-1)) {
    if (Math.max(last.width, last.height) <= SMALLEST) break;
    sizes.push(
      // Each is the floor of half the one before, as the sizes of a texture have to be.
      await createImageBitmap(last, {
        resizeWidth: Math.max(1, last.width >> 1),
        resizeHeight: Math.max(1, last.height >> 1),
        resizeQuality: "medium",
      }),
    );
  }
  return sizes;
}
