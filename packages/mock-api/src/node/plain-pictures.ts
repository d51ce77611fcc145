import sharp, { type Sharp } from "sharp";

/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A square picture in four colours, one a quarter, clockwise from the upper left. */
export async function drawQuarters(
  colours: readonly [Rgb, Rgb, Rgb, Rgb],
): Promise<Uint8Array<ArrayBuffer>> {
  const side = 400;
  const corners = [
    { left: 0, top: 0 },
    { left: side, top: 0 },
    { left: side, top: side },
    { left: 0, top: side },
  ];
  const parts = colours.map((colour, index) => ({
    input: plain(side, side, colour),
    ...corners[index],
  }));
  return encode(sharp(plain(2 * side, 2 * side, [0, 0, 0])).composite(parts));
}

/** An upright picture of even bands, one below the other, of these levels of grey. */
export async function drawBands(greys: readonly number[]): Promise<Uint8Array<ArrayBuffer>> {
  const [width, height] = [900, 400];
  const parts = greys.map((grey, index) => ({
    input: plain(width, height, [grey, grey, grey]),
    left: 0,
    top: index * height,
  }));
  return encode(sharp(plain(width, height * greys.length, [0, 0, 0])).composite(parts));
}

function plain(width: number, height: number, [r, g, b]: Rgb) {
  return { create: { width, height, channels: 3 as const, background: { r, g, b } } };
}

async function encode(picture: Sharp): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await picture.png().toBuffer());
}
