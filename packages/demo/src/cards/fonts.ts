import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { create, type Font } from "fontkit";

/**
 * The fonts of the cards come from npm and are drawn as outlines, because a machine's own fonts
 * differ or are missing: without this, Arabic and Chinese names would be empty boxes.
 */
const require = createRequire(import.meta.url);
const folders = {
  latin: dirname(require.resolve("@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff")),
  arabic: dirname(
    require.resolve("@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff"),
  ),
  chinese: dirname(
    require.resolve("@fontsource/zcool-xiaowei/files/zcool-xiaowei-latin-400-normal.woff"),
  ),
  machine: dirname(require.resolve("@fontsource/b612-mono/files/b612-mono-latin-400-normal.woff")),
} as const;
const loaded = new Map<string, Font>();

export type Weight = 400 | 600;

function load(file: string): Font {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  const font = create(readFileSync(file));
  if ("fonts" in font) throw new TypeError(`${file} holds several fonts; name a file with one.`);
  loaded.set(file, font);
  return font;
}

let chineseParts: readonly (readonly [string, string])[] | undefined;

/** The Chinese font is cut into parts by code point; the package says which part holds which. */
function chinesePart(codePoint: number): string | undefined {
  if (chineseParts === undefined) {
    const file = join(dirname(folders.chinese), "unicode.json");
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    chineseParts = Object.entries(typeof parsed === "object" && parsed !== null ? parsed : {}).map(
      ([part, ranges]) => [part.replace(/[[\]]/g, ""), String(ranges)] as const,
    );
  }
  for (const [part, ranges] of chineseParts) {
    for (const range of ranges.split(",")) {
      const [from, to] = range
        .replace(/^U\+/i, "")
        .split("-")
        .map((hex) => Number.parseInt(hex, 16));
      if (from !== undefined && codePoint >= from && codePoint <= (to ?? from))
        return join(folders.chinese, `zcool-xiaowei-${part}-400-normal.woff`);
    }
  }
  return undefined;
}

/** Files to look into, by script: unpacking them all would cost a third of a second. */
function filesFor(codePoint: number, weight: Weight): string[] {
  const character = String.fromCodePoint(codePoint);
  const part = /\p{Script=Han}/u.test(character) ? chinesePart(codePoint) : undefined;
  if (part !== undefined) return [part];
  // Some of the block's punctuation belongs to no script.
  if (/[\p{Script=Arabic}\u0600-\u06ff]/u.test(character))
    return [join(folders.arabic, `noto-sans-arabic-arabic-${weight}-normal.woff`)];
  const subsets = /\p{Script=Cyrillic}/u.test(character)
    ? ["cyrillic", "cyrillic-ext"]
    : ["latin", "latin-ext", "vietnamese"];
  return subsets.map((subset) => join(folders.latin, `noto-sans-${subset}-${weight}-normal.woff`));
}

/** The font that can draw a character, or undefined where none of ours can. */
export function fontFor(codePoint: number, weight: Weight): Font | undefined {
  return filesFor(codePoint, weight)
    .map(load)
    .find((font) => font.hasGlyphForCodePoint(codePoint));
}

/** The even-width font of machine-readable lines. */
export function machineFont(): Font {
  return load(join(folders.machine, "b612-mono-latin-400-normal.woff"));
}
