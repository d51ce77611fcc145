import type { Font, Glyph } from "fontkit";
import { fontFor, machineFont, type Weight } from "./fonts.ts";

export interface TextOptions {
  readonly x: number;
  /** The line the letters stand on. */
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly weight?: Weight;
  readonly anchor?: "start" | "end";
  /** Text wider than this is drawn smaller, never cut off. */
  readonly maxWidth?: number;
  readonly opacity?: number;
}

const outlines = new WeakMap<object, string>();

/** A letter's outline; fontkit hands out the same glyph object each time. */
function outlineOf(glyph: Glyph): string {
  let outline = outlines.get(glyph);
  if (outline === undefined) {
    outline = glyph.path.toSVG();
    outlines.set(glyph, outline);
  }
  return outline;
}

interface Run {
  readonly font: Font;
  text: string;
}

/** Draws text as SVG outlines, with joined Arabic letters and right-to-left order. */
export function textOutline(text: string, options: TextOptions): string {
  const runs = splitRuns(text.normalize("NFC"), options.weight ?? 400);
  // Our texts have one direction each, so runs of another font only change places.
  if (/\p{Script=Arabic}/u.test(text)) runs.reverse();
  const laid = runs.map((run) => ({
    run: run.font.layout(run.text),
    unit: 1 / run.font.unitsPerEm,
  }));
  const natural =
    laid.reduce((sum, { run, unit }) => sum + run.advanceWidth * unit, 0) * options.size;
  const size =
    options.maxWidth !== undefined && natural > options.maxWidth
      ? (options.size * options.maxWidth) / natural
      : options.size;
  let x = options.anchor === "end" ? options.x - (natural * size) / options.size : options.x;
  const paths: string[] = [];
  for (const { run, unit } of laid) {
    const scale = unit * size;
    run.glyphs.forEach((glyph, i) => {
      const place = run.positions[i];
      if (place === undefined) return;
      const outline = outlineOf(glyph);
      if (outline !== "")
        paths.push(
          `<path d="${outline}" transform="matrix(${number(scale)} 0 0 ${number(-scale)} ${number(x + place.xOffset * scale)} ${number(options.y - place.yOffset * scale)})"/>`,
        );
      x += place.xAdvance * scale;
    });
  }
  return `<g fill="${options.fill}"${options.opacity === undefined ? "" : ` opacity="${options.opacity}"`}>${paths.join("")}</g>`;
}

/** A machine-readable line: each character in the middle of a cell of the same width. */
export function machineLine(
  text: string,
  options: { readonly x: number; readonly y: number; readonly cell: number; readonly size: number },
): string {
  const font = machineFont();
  const scale = options.size / font.unitsPerEm;
  const paths = [...text].map((character, i) => {
    const glyph = font.layout(character).glyphs[0];
    if (glyph === undefined) return "";
    const x = options.x + options.cell * i + (options.cell - glyph.advanceWidth * scale) / 2;
    return `<path d="${outlineOf(glyph)}" transform="matrix(${number(scale)} 0 0 ${number(-scale)} ${number(x)} ${number(options.y)})"/>`;
  });
  return `<g fill="#1c1c1c">${paths.join("")}</g>`;
}

const number = (value: number): string => value.toFixed(5);

function splitRuns(text: string, weight: Weight): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 32;
    const last = runs.at(-1);
    if (last?.font.hasGlyphForCodePoint(codePoint) === true) {
      last.text += character;
      continue;
    }
    const font = fontFor(codePoint, weight);
    if (font === undefined)
      throw new RangeError(
        `No font of the demo has the character U+${codePoint.toString(16).toUpperCase()}; add one or leave the character out.`,
      );
    runs.push({ font, text: character });
  }
  return runs;
}
