import { useNow } from "../../../ui/use-now.ts";
import classes from "./watermark.module.css";

/** Where it lies: over the stage, or over the small pictures of a filmstrip. */
type Place = "stage" | "strip";

interface Look {
  /** Pixels from row to row, degrees that the rows lean, about how wide a letter is, and its size. */
  readonly row: number;
  readonly lean: number;
  readonly letter: number;
  readonly size: number;
  readonly weight: number;
  readonly opacity: number;
}

const LOOKS: Readonly<Record<Place, Look>> = {
  stage: { row: 76, lean: -24, letter: 7.4, size: 13, weight: 400, opacity: 0.26 },
  // Nobody judges by pictures this small, so that it may be plain to read.
  strip: { row: 16, lean: 0, letter: 6.2, size: 10, weight: 600, opacity: 0.55 },
};

/**
 * Who looks, and when, over all of the evidence. In rows so close that no face can be cut out
 * without it, and in letters so thin that nothing of a face is hidden: each letter stands there in
 * white and beside that in black, so that it can be read on any picture and darkens or lightens
 * none. It stays in its place while the picture below is moved and magnified, so that a mark of the
 * skin comes out from under a letter by moving it.
 */
export function Watermark({ who, over }: { readonly who: string; readonly over: Place }) {
  const words = `${who} · ${minuteOf(useNow(20_000))}`;
  const image = `url("data:image/svg+xml,${encodeURIComponent(drawing(words, LOOKS[over]))}")`;
  return <div className={classes.watermark} data-over={over} style={{ backgroundImage: image }} />;
}

/** An image, because browsers draw a pattern that is part of the page anew with every frame. */
function drawing(words: string, { row, lean, letter, size, weight, opacity }: Look): string {
  // Wide enough for the words, so that they never run into one another.
  const width = Math.max(180, [...words].length * letter + 32);
  const text = new XMLSerializer().serializeToString(new Text(drawable(words)));
  const rows = [
    [8, row * 0.7],
    [8 - width / 2, row * 1.7],
    [8 + width / 2, row * 1.7],
  ]
    .map(([x, y]) => `<text x="${x}" y="${y}">${text}</text>`)
    .join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%">
    <pattern id="rows" width="${width}" height="${row * 2}" patternUnits="userSpaceOnUse" patternTransform="rotate(${lean})">
      <g font-family="system-ui, sans-serif" font-size="${size}" font-weight="${weight}" fill-opacity="${opacity}">
        <g fill="#000" transform="translate(0.8 0.8)">${rows}</g>
        <g fill="#fff">${rows}</g>
      </g>
    </pattern>
    <rect width="100%" height="100%" fill="url(#rows)"/>
  </svg>`;
}

/** One character that XML can't hold would leave the evidence without any mark. */
function drawable(words: string): string {
  return words.toWellFormed().replaceAll(/[^ -\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}

/** `2026-11-23 19:05`, in the reviewer's own time. */
function minuteOf(now: number): string {
  const at = new Date(now);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
