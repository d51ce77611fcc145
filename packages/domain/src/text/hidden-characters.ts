/** A character that can't be seen, by the abbreviation and the words it is shown with. */
export interface HiddenCharacter {
  readonly sign: string;
  readonly words: string;
}

/** A part of a text: letters as they are, or one character that can't be seen. */
export interface TextPart {
  readonly text: string;
  readonly hidden?: HiddenCharacter;
  /** The script needs it where it stands: it is marked without being taken out of its word. */
  readonly needed?: true;
}

/** What stands around a text that is a part of another. */
export interface TextContext {
  readonly before?: string;
  readonly after?: string;
}

/**
 * Characters without a look of their own: default ignorable ones (bidi controls, joiners, fillers,
 * variation selectors, tags), controls, line separators, interlinear marks, the blank Braille cell.
 */
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\u2028\u2029\ufff9-\ufffb\u2800]/u;

const NAMES: Readonly<Record<number, readonly [sign: string, words: string]>> = {
  0x0d: ["CR", "carriage return"],
  0x09: ["TAB", "tab"],
  0x1b: ["ESC", "escape"],
  0x00: ["NUL", "null"],
  0xad: ["SHY", "soft hyphen"],
  0x34f: ["CGJ", "combining grapheme joiner"],
  0x61c: ["ALM", "Arabic letter mark"],
  0x200b: ["ZWSP", "zero-width space"],
  0x200c: ["ZWNJ", "zero-width non-joiner"],
  0x200d: ["ZWJ", "zero-width joiner"],
  0x200e: ["LRM", "left-to-right mark"],
  0x200f: ["RLM", "right-to-left mark"],
  0x2028: ["LS", "line separator"],
  0x2029: ["PS", "paragraph separator"],
  0x202a: ["LRE", "left-to-right embedding"],
  0x202b: ["RLE", "right-to-left embedding"],
  0x202c: ["PDF", "end of an embedding or override"],
  0x202d: ["LRO", "left-to-right override"],
  0x202e: ["RLO", "right-to-left override"],
  0x2060: ["WJ", "word joiner"],
  0x2066: ["LRI", "left-to-right isolate"],
  0x2067: ["RLI", "right-to-left isolate"],
  0x2068: ["FSI", "first strong isolate"],
  0x2069: ["PDI", "end of an isolate"],
  0x2800: ["blank", "blank Braille cell"],
  0x3164: ["HF", "Hangul filler"],
  0xfeff: ["BOM", "zero-width no-break space"],
};

/**
 * Takes a text apart so that what can't be seen in it can be shown. Two names that look alike and
 * differ only in such characters would else pass for one, and an override can make a name read
 * backwards. Joined again, the parts are the text.
 */
export function textParts(text: string, context: TextContext = {}): readonly TextPart[] {
  const { before = "", after = "" } = context;
  const parts: TextPart[] = [];
  let plain = "";
  let at = 0;
  for (const character of text) {
    const next = at + character.length;
    // A line break is seen as one, where text has lines.
    if (character === "\n" || !HIDDEN.test(character)) plain += character;
    else {
      const left = before + text.slice(0, at);
      const right = text.slice(next) + after;
      if (isSeen(character, left, right)) plain += character;
      else {
        if (plain !== "") parts.push({ text: plain });
        plain = "";
        const hidden = hiddenCharacter(character);
        parts.push(
          isNeeded(character, left, right)
            ? { text: character, hidden, needed: true }
            : { text: character, hidden },
        );
      }
    }
    at = next;
  }
  if (plain !== "") parts.push({ text: plain });
  return parts;
}

/** The same for places that hold one line of text only, such as a terminal: `name⟨RLO⟩`. */
export function visibleText(text: string): string {
  return textParts(text)
    .map((part) => (part.hidden === undefined || part.needed ? part.text : `⟨${part.hidden.sign}⟩`))
    .join("")
    .replaceAll("\n", "⟨LF⟩");
}

function hiddenCharacter(character: string): HiddenCharacter {
  const code = character.codePointAt(0) ?? 0;
  const [sign, words] = NAMES[code] ?? [];
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return { sign: sign ?? number, words: words ?? `character ${number}` };
}

/** Which form of an ideograph, emoji or Mongolian letter is meant, or what makes one emoji of several: it is seen in the letter. */
function isSeen(character: string, left: string, right: string): boolean {
  if (character === "\u200d") return EMOJI_BEFORE.test(left) && EMOJI_AFTER.test(right);
  return SELECTOR.test(character) && SELECTED.test(left);
}

const SELECTOR = /^[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u180b-\u180d\u180f]$/u;
const SELECTED = /[\p{Ideographic}\p{Emoji}\p{Script=Mongolian}]$/u;
const EMOJI_BEFORE = /\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*$/u;
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u;

/** Letters that take their form from their neighbours. */
const CURSIVE =
  "\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Mandaic}\\p{Script=Adlam}";
const CURSIVE_BEFORE = new RegExp(`[${CURSIVE}]\\p{M}*$`, "u");
const CURSIVE_AFTER = new RegExp(`^[${CURSIVE}]`, "u");
/** Signs of Indic scripts that take the vowel away: a joiner after one chooses the letters' form. */
const VIRAMA =
  /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0f84\u1039\u103a\u17d2\u1a60\u1b44\u1baa\u1bab\ua806\ua8c4\ua953\ua9c0\uaaf6\uabed]$/u;

/** As RFC 5892 (appendix A.1 and A.2) allows joiners in names. */
function isNeeded(character: string, left: string, right: string): boolean {
  if (character !== "\u200c" && character !== "\u200d") return false;
  if (VIRAMA.test(left)) return true;
  return character === "\u200c" && CURSIVE_BEFORE.test(left) && CURSIVE_AFTER.test(right);
}
