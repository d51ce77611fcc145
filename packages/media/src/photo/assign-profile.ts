import sharp, { type Sharp } from "sharp";

export interface ProfiledPixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/**
 * A sharp pipeline over bare pixels that knows their colour profile and so brings them to sRGB.
 * sharp takes no profile beside raw pixels; inside a bare TIFF it does. That loader is closed for
 * what strangers send (see worker.ts) and opened for this one reading.
 */
export async function withProfile<T>(
  pixels: ProfiledPixels,
  profile: Uint8Array,
  work: (pipeline: Sharp) => Promise<T>,
): Promise<T> {
  const loader = { operation: ["VipsForeignLoadTiffBuffer"] };
  sharp.unblock(loader);
  try {
    return await work(sharp(bareTiff(pixels, profile), { limitInputPixels: false }));
  } finally {
    sharp.block(loader);
  }
}

/** Display P3, which files may name by a number alone; sharp carries the profile. */
export async function displayP3(): Promise<Uint8Array> {
  const background = { r: 0, g: 0, b: 0 };
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background } })
    .withIccProfile("p3")
    .png()
    .toBuffer();
  const { icc } = await sharp(png).metadata();
  if (!icc) throw new Error("sharp no longer carries a Display P3 profile.");
  return icc;
}

/** An uncompressed TIFF 6.0 of strips of 64 rows, with the profile in tag 34675. */
function bareTiff({ data, width, height, channels }: ProfiledPixels, profile: Uint8Array): Buffer {
  const rowsPerStrip = 64;
  const rowBytes = width * channels;
  const strips = Math.ceil(height / rowsPerStrip);
  const hasAlpha = channels === 4;
  const tables = { bits: 0, offsets: 0, counts: 0, profile: 0, pixels: 0 };
  const entries = 11 + (hasAlpha ? 1 : 0);
  let end = 8 + 2 + entries * 12 + 4;
  tables.bits = end;
  tables.offsets = end += 8;
  tables.counts = end += strips * 4;
  tables.profile = end += strips * 4;
  tables.pixels = end += profile.length + (profile.length & 1);
  const tiff = Buffer.alloc(end + data.length);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(entries, 8);
  let at = 10;
  const [SHORT, LONG, UNDEFINED] = [3, 4, 7];
  const entry = (tag: number, type: number, count: number, value: number): void => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
    at += 12;
  };
  entry(256, LONG, 1, width);
  entry(257, LONG, 1, height);
  entry(258, SHORT, channels, tables.bits);
  entry(259, SHORT, 1, 1);
  entry(262, SHORT, 1, 2);
  entry(273, LONG, strips, strips === 1 ? tables.pixels : tables.offsets);
  entry(277, SHORT, 1, channels);
  entry(278, LONG, 1, rowsPerStrip);
  entry(279, LONG, strips, strips === 1 ? data.length : tables.counts);
  entry(284, SHORT, 1, 1);
  if (hasAlpha) entry(338, SHORT, 1, 2);
  entry(34675, UNDEFINED, profile.length, tables.profile);
  for (let i = 0; i < channels; i += 1) tiff.writeUInt16LE(8, tables.bits + i * 2);
  for (let i = 0; i < strips; i += 1) {
    const from = i * rowsPerStrip * rowBytes;
    tiff.writeUInt32LE(tables.pixels + from, tables.offsets + i * 4);
    tiff.writeUInt32LE(
      Math.min(rowsPerStrip * rowBytes, data.length - from),
      tables.counts + i * 4,
    );
  }
  tiff.set(profile, tables.profile);
  tiff.set(data, tables.pixels);
  return tiff;
}
