import { utf8 } from "./bytes.ts";

/** A value that has no canonical form; `path` is where (JSON pointer), never what stands there. */
export class CanonicalError extends Error {
  override readonly name = "CanonicalError";
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path === "" ? "The value" : path} ${reason}.`);
    this.path = path;
    this.reason = reason;
  }
}

/** Deeper bodies are nobody's data; the limit keeps recursion far from the end of the stack. */
const MAX_DEPTH = 64;

type Scalars = (value: unknown, path: string) => string;

/**
 * RFC 8785 (JCS) text of a value: keys sorted by UTF-16 unit, ECMAScript numbers and strings.
 * Takes any JSON value; throws CanonicalError for what JSON can't say: non-finite numbers, lone
 * surrogates, `undefined`, class instances.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "", 0, jcsScalar);
}

/**
 * Bytes of a leaf: RFC 8785, and stricter. Only safe integers (no fraction, no `-0`) and no `null`,
 * so that every language reads back the same value. Throws CanonicalError.
 */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return utf8(write(value, "", 0, leafScalar));
}

function write(value: unknown, path: string, depth: number, scalar: Scalars): string {
  if (depth > MAX_DEPTH)
    throw new CanonicalError(path, `is nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) {
    // Not map(): it skips holes, which would then read as nothing between two commas.
    const items = Array.from(value, (item: unknown, index) =>
      write(item, `${path}/${index}`, depth + 1, scalar),
    );
    return `[${items.join(",")}]`;
  }
  if (!isPlainObject(value)) return scalar(value, path);
  const members = Object.keys(value)
    // The default order compares UTF-16 units, as RFC 8785 section 3.2.3 asks.
    .toSorted()
    .map((key) => {
      const at = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      return `${quote(key, path)}:${write(value[key], at, depth + 1, scalar)}`;
    });
  return `{${members.join(",")}}`;
}

function jcsScalar(value: unknown, path: string): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value, path);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  throw new CanonicalError(path, "is not a value that JSON can hold");
}

function leafScalar(value: unknown, path: string): string {
  if (value === null) throw new CanonicalError(path, "is null; leave the field out");
  if (typeof value === "number" && (!Number.isSafeInteger(value) || Object.is(value, -0))) {
    throw new CanonicalError(path, "is not a whole number between -(2^53 - 1) and 2^53 - 1");
  }
  return jcsScalar(value, path);
}

function quote(text: string, path: string): string {
  if (!text.isWellFormed()) throw new CanonicalError(path, "holds half of a surrogate pair");
  return JSON.stringify(text);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
