import sharp, { type Sharp } from "sharp";
import type { Orientation } from "../photo/orientation.ts";

type Rgb = readonly [number, number, number];

/** Upright: red top left, green top right, blue bottom left, white bottom right. */
export const QUADRANTS = {
  topLeft: [220, 20, 20],
  topRight: [20, 200, 20],
  bottomLeft: [20, 20, 220],
  bottomRight: [240, 240, 240],
} as const satisfies Record<string, Rgb>;

/** An upright picture of four coloured quarters, as bare pixels in a sharp pipeline. */
export function quadrants(width = 400, height = 200): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const left = x < width / 2;
      const colour =
        y < height / 2
          ? left
            ? QUADRANTS.topLeft
            : QUADRANTS.topRight
          : left
            ? QUADRANTS.bottomLeft
            : QUADRANTS.bottomRight;
      data.set(colour, (y * width + x) * 3);
    }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** The quarters stored the way a camera held `orientation` stores them, with that EXIF tag. */
export async function stored(
  orientation: Orientation,
  format: "jpeg" | "png" | "webp" = "jpeg",
): Promise<Buffer> {
  // What undoes each orientation's turn (sharp mirrors before it rotates): EXIF 6 means "turn by 90° to show", so it is stored at 270°.
  const turns: Record<Orientation, (p: Sharp) => Sharp> = {
    1: (p) => p,
    2: (p) => p.flop(),
    3: (p) => p.rotate(180),
    4: (p) => p.flip(),
    5: (p) => p.rotate(270).flop(),
    6: (p) => p.rotate(270),
    7: (p) => p.rotate(90).flop(),
    8: (p) => p.rotate(90),
  };
  const { data, info } = await turns[orientation](quadrants())
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .withExif({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 3230/100" } })
    .withMetadata({ orientation })
    .toFormat(format, { quality: 95 })
    .toBuffer();
}

/** The colour at a place given as ratios of the picture. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = Math.floor(y * info.height) * info.width + Math.floor(x * info.width);
  return [...data.subarray(at * info.channels, at * info.channels + info.channels)];
}

/** A noisy picture: it compresses badly, so that cutting its file cuts its picture evenly. */
export function noise(width: number, height: number): Sharp {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#808080",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });
}

/** A picture of one grey, as large as one likes at little cost. */
export function plain(width: number, height: number, grey = 128): Sharp {
  const background = { r: grey, g: grey, b: grey };
  return sharp({ create: { width, height, channels: 3, background } });
}
