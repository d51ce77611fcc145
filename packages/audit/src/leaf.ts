import { equalBytes, fromUtf8 } from "./bytes.ts";
import { CanonicalError, canonicalBytes } from "./canonical.ts";
import { assertEvent, type AuditEvent, AuditEventError, LEAF_BYTES } from "./event.ts";

/** Bytes that are no leaf of this log. The message is a sentence without the leaf's content. */
export class LeafError extends Error {
  override readonly name = "LeafError";
  readonly code: LeafErrorCode;

  constructor(code: LeafErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export type LeafErrorCode = "size" | "not_utf8" | "not_json" | "not_canonical" | "schema";

/**
 * Reads a leaf: UTF-8, JSON in canonical form byte for byte, and an event of the schema. A leaf that
 * went through `jsonb`, has a field twice, or writes 1 as 1.0 is therefore refused.
 * @throws LeafError
 */
export function parseLeaf(bytes: Uint8Array): AuditEvent {
  if (bytes.length < LEAF_BYTES.min || bytes.length > LEAF_BYTES.max) {
    throw new LeafError("size", `A leaf has ${LEAF_BYTES.min} to ${LEAF_BYTES.max} bytes.`);
  }
  const text = fromUtf8(bytes);
  if (text === undefined) throw new LeafError("not_utf8", "The leaf is not UTF-8.");
  const value = parseJson(text);
  if (!isCanonical(value, bytes)) {
    throw new LeafError("not_canonical", "The leaf is not in canonical form: it was rewritten.");
  }
  try {
    assertEvent(value);
  } catch (error) {
    if (!(error instanceof AuditEventError)) throw error;
    throw new LeafError("schema", `The leaf is no event of this log. ${error.message}`, error);
  }
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not as the cause: V8's message quotes the text.
    if (error instanceof SyntaxError) throw new LeafError("not_json", "The leaf is not JSON.");
    throw error;
  }
}

function isCanonical(value: unknown, bytes: Uint8Array): boolean {
  try {
    return equalBytes(canonicalBytes(value), bytes);
  } catch (error) {
    if (error instanceof CanonicalError) return false;
    throw error;
  }
}
