import sharp from "sharp";
import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { createRandom } from "../people/random.ts";
import { drawFacePixels } from "../pictures/draw-face.ts";
import { finishPicture, type FinishOptions, type Picture } from "../pictures/finish.ts";
import { designCard, type CardDesign, type CardLayout, type CardText } from "./card-design.ts";
import { photographCard, type Table } from "./photograph.ts";

export interface IdCardOptions extends Partial<FinishOptions> {
  readonly person: Person;
  /** The booth picture on the card. */
  readonly capture: Capture;
  readonly layout: CardLayout;
  readonly text: CardText;
  readonly seed: string;
  readonly table?: Partial<Table>;
}

/** Draws a photograph of an ID card on a table, and where the face on it lies. */
export async function drawIdCard(options: IdCardOptions): Promise<Picture> {
  const random = createRandom("card", options.seed);
  const { layout, text } = options;
  const authority = `${text.title.join(" ")} ${layout}`;
  const design = designCard(layout, text, createRandom("authority", authority));
  const { left, top, width, height } = design.portrait;
  const portrait = drawFacePixels({
    person: options.person,
    capture: options.capture,
    width,
    height,
  });
  const { data, info } = await sharp(await paperOf(authority, design), {
    raw: { width: design.width, height: design.height, channels: 3 },
  })
    .composite([
      { input: Buffer.from(design.print) },
      {
        input: Buffer.from(portrait.pixels.buffer),
        raw: { width, height, channels: 3 },
        left,
        top,
      },
    ])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = photographCard(
    {
      width: info.width,
      height: info.height,
      pixels: new Uint8Array(data),
      face: {
        left: (left + portrait.face.left * width) / info.width,
        top: (top + portrait.face.top * height) / info.height,
        width: (portrait.face.width * width) / info.width,
        height: (portrait.face.height * height) / info.height,
      },
    },
    {
      width: 1080,
      height: 756,
      slant: random.range(0.1, 0.8),
      turn: random.bell() * 3.2,
      exposure: random.range(0.9, 1.05),
      glare: random.chance(0.45) ? random.range(0.3, 0.75) : random.range(0, 0.12),
      noise: random.range(0.15, 0.4),
      ...options.table,
    },
    random,
  );
  return finishPicture(raw, {
    quality: options.quality ?? 82,
    exifTurned: options.exifTurned ?? false,
    boxSpace: options.boxSpace ?? "upright",
  });
}

const papers = new Map<string, Promise<Buffer>>();

/** The empty card of an authority: it takes longest to draw, and 2 MB to keep. */
function paperOf(authority: string, design: CardDesign): Promise<Buffer> {
  const known = papers.get(authority);
  if (known !== undefined) return known;
  if (papers.size >= 12) papers.clear();
  const drawn = sharp(Buffer.from(design.paper))
    .flatten({ background: "#ffffff" })
    .removeAlpha()
    .raw()
    .toBuffer();
  papers.set(authority, drawn);
  return drawn;
}
