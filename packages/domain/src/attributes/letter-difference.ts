/** A stretch of a text, and whether the other text has it too. */
export interface Stretch {
  readonly text: string;
  readonly same: boolean;
}

export interface Difference {
  readonly left: readonly Stretch[];
  readonly right: readonly Stretch[];
  /** How many letters have to be put in, taken out or changed. */
  readonly letters: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * Compares two texts letter by letter, a letter being what a reader takes for one (an extended
 * grapheme cluster). Texts are compared in composed form (NFC), so that one letter written in two
 * ways is the same. Cost is the product of the lengths: meant for names and addresses.
 */
export function compareLetters(left: string, right: string): Difference {
  const one = lettersOf(left);
  const other = lettersOf(right);
  const distance = distances(one, other);
  const sides: { left: Letter[]; right: Letter[] } = { left: [], right: [] };
  let i = 0;
  let j = 0;
  while (i < one.length || j < other.length) {
    const a = one[i];
    const b = other[j];
    if (a !== undefined && a === b) {
      sides.left.push({ text: a, same: true });
      sides.right.push({ text: b, same: true });
      i += 1;
      j += 1;
      continue;
    }
    const change = at(distance, i + 1, j + 1);
    const removal = at(distance, i + 1, j);
    const insertion = at(distance, i, j + 1);
    const least = Math.min(change, removal, insertion);
    if (a !== undefined && (b === undefined || removal === least || change === least)) {
      sides.left.push({ text: a, same: false });
      i += 1;
    }
    if (b !== undefined && (a === undefined || removal !== least || change === least)) {
      sides.right.push({ text: b, same: false });
      j += 1;
    }
  }
  return {
    left: joined(sides.left),
    right: joined(sides.right),
    letters: at(distance, 0, 0),
  };
}

type Letter = Stretch;

/** A text as the letters a reader sees, in composed form. */
export function lettersOf(text: string): string[] {
  return Array.from(graphemes.segment(text.normalize("NFC")), (each) => each.segment);
}

/** Levenshtein distances of every pair of endings; [0][0] is that of the whole texts. */
function distances(one: readonly string[], other: readonly string[]): number[][] {
  const rows = Array.from({ length: one.length + 1 }, () =>
    Array.from<number>({ length: other.length + 1 }).fill(0),
  );
  for (let i = one.length; i >= 0; i -= 1) {
    for (let j = other.length; j >= 0; j -= 1) {
      const row = rows[i] ?? [];
      if (i === one.length) row[j] = other.length - j;
      else if (j === other.length) row[j] = one.length - i;
      else if (one[i] === other[j]) row[j] = at(rows, i + 1, j + 1);
      else row[j] = 1 + Math.min(at(rows, i + 1, j + 1), at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
}

function joined(letters: readonly Letter[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const letter of letters) {
    const last = stretches.at(-1);
    if (last?.same === letter.same) {
      stretches[stretches.length - 1] = { text: last.text + letter.text, same: last.same };
    } else stretches.push(letter);
  }
  return stretches;
}
