/** How much of a JSON text is taken. */
export interface JsonLimits {
  /** Lists and objects inside each other. */
  readonly depth: number;
  /** Values of every kind, lists and objects among them. */
  readonly values: number;
  /** UTF-16 units of a field's name, escapes written out. */
  readonly nameLength: number;
  /** Characters of a number as it is written. */
  readonly numberLength: number;
}

/** Why a text is refused: `cut_off` and `not_json` are its grammar's, the rest our own. */
export type JsonFaultCode =
  | "cut_off"
  | "not_json"
  | "too_deep"
  | "too_many_values"
  | "name_too_long"
  | "number_too_long"
  | "named_twice";

export interface JsonFault {
  readonly code: JsonFaultCode;
  /** The value at fault, or what holds it. */
  readonly path: readonly (string | number)[];
  /** Where in the text, in UTF-16 units. */
  readonly at: number;
}

/** More fields that are named twice than these help nobody. */
const MAX_TWICE = 50;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS = ["true", "false", "null"];

class Stop extends Error {
  readonly fault: JsonFault;
  constructor(fault: JsonFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/**
 * Looks through a JSON text (RFC 8259) before anything is made of it. The platform's parser has no
 * limits and lets the last of two equal names win without a word, so that what a sender checked and
 * what is taken can differ.
 *
 * @returns nothing for a text that `JSON.parse` takes and that is within the limits; else the first
 * fault, or every field that is named twice.
 */
export function scanJson(text: string, limits: JsonLimits): readonly JsonFault[] {
  const path: (string | number)[] = [];
  const twice: JsonFault[] = [];
  let at = 0;
  let values = 0;

  const fault = (code: JsonFaultCode): JsonFault => ({ code, path: [...path], at });
  const stop = (code: JsonFaultCode): never => {
    throw new Stop(fault(code));
  };
  const unexpected = (): never => stop(at >= text.length ? "cut_off" : "not_json");

  function space(): void {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      at += 1;
    }
  }

  /** Passes a string; the text between its quotes, escapes and all. */
  function string(): string {
    const start = at + 1;
    for (at = start; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 34) break;
      // Beyond the end the code is NaN.
      if (!(code >= 32)) unexpected();
      if (code !== 92) continue;
      at += 1;
      const escaped = text.charAt(at);
      if (escaped === "u") hex();
      else if (escaped === "" || !'"\\/bfnrt'.includes(escaped)) unexpected();
    }
    at += 1;
    return text.slice(start, at - 1);
  }

  function hex(): void {
    for (const last = at + 4; at < last;) {
      at += 1;
      if (!/^[\da-f]$/i.test(text.charAt(at))) unexpected();
    }
  }

  function scalar(): void {
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text)?.[0] ?? WORDS.find((word) => text.startsWith(word, at));
    if (found === undefined) {
      const rest = text.slice(at, at + 5);
      if (rest === "-" || WORDS.some((word) => word.startsWith(rest))) at = text.length;
      return unexpected();
    }
    if (found.length > limits.numberLength) stop("number_too_long");
    at += found.length;
    // Such as `1.` and `1e`: whatever follows a value is its parent's, which says what it misses.
  }

  function object(depth: number): void {
    const names = new Set<string>();
    items("}", () => {
      if (text.charAt(at) !== '"') unexpected();
      const began = at;
      const raw = string();
      const name = raw.includes("\\") ? nameOf(raw) : raw;
      if (name.length > limits.nameLength) stop("name_too_long");
      path.push(name);
      if (names.has(name)) {
        twice.push({ ...fault("named_twice"), at: began });
        if (twice.length >= MAX_TWICE) stop("named_twice");
      }
      names.add(name);
      space();
      if (text.charAt(at) !== ":") unexpected();
      at += 1;
      value(depth);
      path.pop();
    });
  }

  function items(end: "}" | "]", item: () => void): void {
    at += 1;
    space();
    if (text.charAt(at) === end) {
      at += 1;
      return;
    }
    for (;;) {
      space();
      item();
      const mark = text.charAt(at);
      if (mark !== "," && mark !== end) unexpected();
      at += 1;
      if (mark === end) return;
    }
  }

  function list(depth: number): void {
    let index = 0;
    items("]", () => {
      path.push(index);
      value(depth);
      path.pop();
      index += 1;
    });
  }

  function value(depth: number): void {
    space();
    const mark = text.charAt(at);
    values += 1;
    if (values > limits.values) stop("too_many_values");
    if (mark === "{" || mark === "[") {
      if (depth >= limits.depth) stop("too_deep");
      if (mark === "{") object(depth + 1);
      else list(depth + 1);
    } else if (mark === '"') string();
    else scalar();
    space();
  }

  try {
    value(0);
    if (at < text.length) stop("not_json");
    return twice;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return error.fault.code === "named_twice" ? twice : [error.fault];
  }
}

function nameOf(raw: string): string {
  const name: unknown = JSON.parse(`"${raw}"`);
  return String(name);
}
