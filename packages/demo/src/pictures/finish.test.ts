import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { finishPicture } from "./finish.ts";

/** A black picture with a white block where the face is. */
function blockPicture(): Parameters<typeof finishPicture>[0] {
  const [width, height] = [80, 120];
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 12; y < 36; y += 1) pixels.fill(255, (y * width + 40) * 3, (y * width + 72) * 3);
  return { width, height, pixels, face: { left: 0.5, top: 0.1, width: 0.4, height: 0.2 } };
}

async function brightness(
  bytes: Uint8Array,
  box: { left: number; top: number; width: number; height: number },
  upright: boolean,
): Promise<number> {
  let image = sharp(bytes);
  if (upright) image = image.autoOrient();
  const { data, info } = await image
    .removeAlpha()
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const x = Math.round((box.left + box.width / 2) * info.width);
  const y = Math.round((box.top + box.height / 2) * info.height);
  return data[y * info.width + x] ?? 0;
}

describe("a finished picture", () => {
  it("gives the box for the stored picture or the upright one, as asked", async () => {
    for (const boxSpace of ["stored", "upright"] as const) {
      const picture = await finishPicture(blockPicture(), {
        quality: 90,
        exifTurned: true,
        boxSpace,
      });
      const { orientation, width, height } = await sharp(picture.bytes).metadata();
      expect({ orientation, width, height }).toEqual({ orientation: 6, width: 120, height: 80 });
      expect(picture.faceBox.space).toBe(boxSpace);
      expect(
        await brightness(picture.bytes, picture.faceBox, boxSpace === "upright"),
      ).toBeGreaterThan(240);
      expect(await brightness(picture.bytes, picture.faceBox, boxSpace !== "upright")).toBeLessThan(
        20,
      );
    }
  });
});
