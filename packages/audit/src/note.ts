import { concatBytes, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from "./bytes.ts";
import { isKeyName, NoteError, type VerifierKey } from "./note-key.ts";

/** One signature line: who says to have signed, with which key, and the bytes after the key's id. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A note taken apart; nothing is verified yet. `text` ends with its newline. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A signature that was verified; a witness's carries the time it states (seconds since 1970). */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly timestamp?: number;
}

/** A note of which at least one signature by a key that we know is sound. */
export interface OpenedNote {
  readonly text: string;
  /** Each key once, however often it signed. */
  readonly verified: readonly VerifiedSignature[];
  /** Lines by keys that we don't know: ignored, as c2sp.org/signed-note asks. */
  readonly unknown: readonly NoteSignature[];
}

const MAX_NOTE_LENGTH = 1_000_000;
const MAX_SIGNATURES = 100;
const SIGNATURE_BYTES = 64;

/**
 * Takes a signed note apart (c2sp.org/signed-note), strictly: UTF-8, no control characters but
 * newline (so no CRLF), a final newline, exact base64.
 * @throws NoteError malformed_note
 */
export function parseNote(note: string): Note {
  if (note.length > MAX_NOTE_LENGTH) throw malformed("is longer than a note may be");
  if (!note.isWellFormed()) throw malformed("is not Unicode text");
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    throw malformed("holds a control character other than newline");
  }
  const split = note.lastIndexOf("\n\n");
  if (split === -1) throw malformed("has no blank line before its signatures");
  const lines = note.slice(split + 2).split("\n");
  if (lines.pop() !== "") throw malformed("does not end with a newline");
  if (lines.length === 0) throw malformed("has no signature line");
  if (lines.length > MAX_SIGNATURES) throw malformed(`has more than ${MAX_SIGNATURES} signatures`);
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
}

/** Puts a text (with its final newline) and signatures together. */
export function formatNote(text: string, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(({ name, keyId, signature }) => {
    const id = fromHex(keyId) ?? new Uint8Array(0);
    return `— ${name} ${toBase64(concatBytes(id, signature))}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/**
 * Verifies a note against the keys that we trust. Unknown keys are ignored; a wrong signature by a
 * known key spoils the note.
 * @throws NoteError malformed_note, bad_signature, or unsigned where no known key signed
 */
export async function openNote(note: string, keys: readonly VerifierKey[]): Promise<OpenedNote> {
  const { text, signatures } = parseNote(note);
  const verified: VerifiedSignature[] = [];
  const unknown: NoteSignature[] = [];
  for (const line of signatures) {
    const key = keys.find(({ name, id }) => name === line.name && id === line.keyId);
    if (key === undefined) {
      unknown.push(line);
      continue;
    }
    const sound = await verifySignature(text, line.signature, key);
    if (sound === undefined) {
      throw new NoteError(
        "bad_signature",
        `The signature of ${key.name} is wrong: the note was changed.`,
      );
    }
    // By key and not by name: one key under two names is still one witness.
    if (!verified.some((other) => equalBytes(other.key.publicKey, key.publicKey))) {
      verified.push(sound);
    }
  }
  if (verified.length === 0) {
    throw new NoteError("unsigned", "None of the signatures is by the key that was given.");
  }
  return { text, verified, unknown };
}

/** What a key signs for a text: the text, or for a witness the text under its time. */
export function signedMessage(
  text: string,
  key: VerifierKey,
  timestamp = 0,
): Uint8Array<ArrayBuffer> {
  return utf8(key.use === "note" ? text : `cosignature/v1\ntime ${timestamp}\n${text}`);
}

async function verifySignature(
  text: string,
  signature: Uint8Array,
  key: VerifierKey,
): Promise<VerifiedSignature | undefined> {
  const stamped = key.use === "cosignature";
  const start = stamped ? 8 : 0;
  if (signature.length !== start + SIGNATURE_BYTES) return undefined;
  const timestamp = stamped ? readTimestamp(signature) : 0;
  if (timestamp === undefined) return undefined;
  const publicKey = await crypto.subtle
    .importKey("raw", new Uint8Array(key.publicKey), "Ed25519", false, ["verify"])
    .catch(() => undefined);
  if (publicKey === undefined) return undefined;
  const message = signedMessage(text, key, timestamp);
  const sound = await crypto.subtle.verify(
    "Ed25519",
    publicKey,
    new Uint8Array(signature.subarray(start)),
    message,
  );
  if (!sound) return undefined;
  return stamped ? { key, timestamp } : { key };
}

/** Seconds of a cosignature: 64 bits, of which more than 53 would be no time of ours. */
function readTimestamp(signature: Uint8Array): number | undefined {
  const view = new DataView(signature.buffer, signature.byteOffset, signature.byteLength);
  const seconds = view.getBigUint64(0);
  return seconds <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(seconds) : undefined;
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...rest] = line.split(" ");
  const bytes = fromBase64(encoded ?? "");
  const shaped = dash === "—" && name !== undefined && isKeyName(name) && rest.length === 0;
  if (!shaped || bytes === undefined || bytes.length < 5) {
    throw malformed("has a signature line that is not “— name base64”");
  }
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

function malformed(fault: string): NoteError {
  return new NoteError("malformed_note", `The signed note ${fault}.`);
}
