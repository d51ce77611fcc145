import sharp from "sharp";
import { hevcPicture } from "./hevc-picture.ts";

export interface HeifRecipe {
  readonly format: "avif" | "heic";
  readonly brands?: readonly string[];
  readonly handler?: string;
  /** Transformative properties, in the order in which they are to be applied. */
  readonly turns?: readonly HeifTurn[];
  /** An Exif item of this orientation, which a reader of HEIF must not turn by. */
  readonly exifOrientation?: number;
  readonly profile?: Uint8Array;
  /** Colours by the numbers of ITU-T H.273; 1 and 13, which is sRGB, where one isn't said. */
  readonly primaries?: number;
  readonly transfer?: number;
  /** Transparency, 0 to 255, of the whole picture; HEIC only. */
  readonly alpha?: number;
  /** Tiles of the grid that the picture is put together from, as phones do; sides divide by them. */
  readonly tiles?: readonly [columns: number, rows: number];
  /** Written into the picture's `ispe` in place of the truth. */
  readonly claimedSize?: readonly [width: number, height: number];
}

/** `irot` by quarters anticlockwise; `imir` 0 swaps top and bottom, 1 left and right; `clap` a size in the middle. */
export type HeifTurn =
  | { readonly type: "irot"; readonly quarters: number }
  | { readonly type: "imir"; readonly axis: 0 | 1 }
  | { readonly type: "clap"; readonly width: number; readonly height: number };

interface Item {
  readonly type: string;
  readonly data: Uint8Array;
  readonly properties: readonly Uint8Array[];
}

/** Builds a HEIF file (ISO/IEC 23008-12) round a picture coded as AV1 or HEVC. */
export async function makeHeif(
  pixels: { readonly data: Uint8Array; readonly width: number; readonly height: number },
  recipe: HeifRecipe,
): Promise<Buffer> {
  const { width, height } = pixels;
  const [columns, rows] = recipe.tiles ?? [1, 1];
  const turns = (recipe.turns ?? []).map((turn) => property(turn));
  const colour = [
    ...(recipe.profile ? [box("colr", Buffer.from("prof"), recipe.profile)] : []),
    box(
      "colr",
      Buffer.from("nclx"),
      u16(recipe.primaries ?? 1),
      u16(recipe.transfer ?? 13),
      u16(6),
      u8(0x80),
    ),
  ];
  const size = sizeBox(...(recipe.claimedSize ?? ([width, height] as const)));
  const tiles: Item[] = [];
  const [w, h] = [width / columns, height / rows];
  for (let i = 0; i < columns * rows; i += 1) {
    const tile = cut(pixels, (i % columns) * w, Math.floor(i / columns) * h, w, h);
    const coded = recipe.format === "avif" ? await av1(tile, w, h) : hevc(tile, w, h);
    tiles.push({
      ...coded,
      properties:
        recipe.tiles === undefined
          ? [size, ...coded.properties, ...colour, ...turns]
          : [sizeBox(w, h), ...coded.properties],
    });
  }
  const items: Item[] = recipe.tiles
    ? [
        ...tiles,
        {
          type: "grid",
          data: gridData(columns, rows, width, height),
          properties: [size, ...colour, ...turns],
        },
      ]
    : tiles;
  const primary = items.length;
  if (recipe.exifOrientation !== undefined)
    items.push({ type: "Exif", data: exif(recipe.exifOrientation), properties: [] });
  if (recipe.alpha !== undefined) {
    const coded = hevc(new Uint8Array(width * height * 3).fill(recipe.alpha), width, height);
    const kind = full("auxC", Buffer.from("urn:mpeg:hevc:2015:auxid:1\0"));
    items.push({ ...coded, properties: [sizeBox(width, height), ...coded.properties, kind] });
  }
  const references = [
    ...(recipe.alpha === undefined ? [] : [reference("auxl", items.length, [primary])]),
    ...(recipe.tiles
      ? [
          reference(
            "dimg",
            primary,
            tiles.map((_, i) => i + 1),
          ),
        ]
      : []),
    ...(recipe.exifOrientation === undefined ? [] : [reference("cdsc", primary + 1, [primary])]),
  ];
  return assemble(recipe, items, primary, references);
}

function assemble(
  recipe: HeifRecipe,
  items: readonly Item[],
  primary: number,
  references: readonly Uint8Array[],
): Buffer {
  const brands =
    recipe.brands ?? (recipe.format === "avif" ? ["avif", "mif1", "miaf"] : ["heic", "mif1"]);
  const ftyp = box("ftyp", Buffer.from(brands[0] ?? ""), u32(0), Buffer.from(brands.join("")));
  const all = items.flatMap((item) => item.properties);
  let next = 0;
  const associations = items.map((item, i) =>
    Buffer.concat([
      u16(i + 1),
      u8(item.properties.length),
      ...item.properties.map(() => u8((next += 1))),
    ]),
  );
  const meta = (first: number): Uint8Array => {
    let at = first;
    const locations = items.map((item, i) => {
      const location = Buffer.concat([u16(i + 1), u16(0), u16(1), u32(at), u32(item.data.length)]);
      at += item.data.length;
      return location;
    });
    return full(
      "meta",
      full("hdlr", u32(0), Buffer.from(recipe.handler ?? "pict"), Buffer.alloc(13)),
      full("pitm", u16(primary)),
      full("iloc", u16(0x4400), u16(items.length), ...locations),
      full("iinf", u16(items.length), ...items.map((item, i) => infe(i + 1, item.type))),
      ...(references.length > 0 ? [full("iref", ...references)] : []),
      box("iprp", box("ipco", ...all), full("ipma", u32(items.length), ...associations)),
    );
  };
  const first = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(first), box("mdat", ...items.map((item) => item.data))]);
}

/** One AV1 still, taken out of the AVIF that sharp makes. */
async function av1(data: Uint8Array, width: number, height: number): Promise<Item> {
  const avif = await sharp(data, { raw: { width, height, channels: 3 } })
    .avif({ quality: 90, chromaSubsampling: "4:4:4", effort: 0 })
    .toBuffer();
  const config = avif.indexOf("av1C");
  const mdat = avif.indexOf("mdat");
  return {
    type: "av01",
    data: avif.subarray(mdat + 4, mdat - 4 + avif.readUInt32BE(mdat - 4)),
    properties: [
      Uint8Array.from(avif.subarray(config - 4, config - 4 + avif.readUInt32BE(config - 4))),
    ],
  };
}

function hevc(data: Uint8Array, width: number, height: number): Item {
  const picture = hevcPicture(data, width, height);
  return { type: "hvc1", data: picture.data, properties: [box("hvcC", picture.hvcC)] };
}

function property(turn: HeifTurn): Uint8Array {
  switch (turn.type) {
    case "irot":
      return box("irot", u8(turn.quarters));
    case "imir":
      return box("imir", u8(turn.axis));
    case "clap":
      return box("clap", ...[turn.width, 1, turn.height, 1, 0, 1, 0, 1].map(u32));
  }
}

function gridData(columns: number, rows: number, width: number, height: number): Uint8Array {
  return Buffer.concat([Uint8Array.of(0, 1, rows - 1, columns - 1), u32(width), u32(height)]);
}

function exif(orientation: number): Uint8Array {
  const tiff = Buffer.from("4d4d002a00000008000101120003000000010000000000000000", "hex");
  tiff.writeUInt16BE(orientation, 18);
  return Buffer.concat([u32(6), Buffer.from("Exif\0\0"), tiff]);
}

function cut(
  { data, width }: { readonly data: Uint8Array; readonly width: number },
  left: number,
  top: number,
  w: number,
  h: number,
): Uint8Array {
  const rows = Array.from({ length: h }, (_, y) => {
    const at = ((top + y) * width + left) * 3;
    return data.subarray(at, at + w * 3);
  });
  return Buffer.concat(rows);
}

function infe(id: number, type: string): Uint8Array {
  return fullOf("infe", 2, u16(id), u16(0), Buffer.from(type), u8(0));
}

function reference(type: string, from: number, to: readonly number[]): Uint8Array {
  return box(type, u16(from), u16(to.length), ...to.map(u16));
}

function sizeBox(width: number, height: number): Uint8Array {
  return full("ispe", u32(width), u32(height));
}

function full(type: string, ...parts: readonly Uint8Array[]): Buffer {
  return fullOf(type, 0, ...parts);
}

function fullOf(type: string, version: number, ...parts: readonly Uint8Array[]): Buffer {
  return box(type, Uint8Array.of(version, 0, 0, 0), ...parts);
}

function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const data = Buffer.concat(parts);
  return Buffer.concat([u32(data.length + 8), Buffer.from(type, "latin1"), data]);
}

function u8(value: number): Uint8Array {
  return Uint8Array.of(value);
}
function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 255);
}
function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
