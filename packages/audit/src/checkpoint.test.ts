import { describe, expect, test } from "vitest";
import { toHex } from "./bytes.ts";
import { formatTreeHead, openCheckpoint, parseTreeHead, signCheckpoint } from "./checkpoint.ts";
import { NoteError, parseVerifierKey } from "./note-key.ts";
import { signerFromSeed } from "./note-signer.ts";
import {
  CHECKPOINT,
  CHECKPOINT_TEXT,
  LOG_NAME,
  LOG_SEED,
  LOG_VKEY,
  ROOTS,
  WITNESS_LINE,
  WITNESS_VKEY,
} from "../test-support/vectors.ts";
import { hex } from "../test-support/published-tree.ts";

const LOG_KEY = parseVerifierKey(LOG_VKEY);

test("our own checkpoint, signed by the log and witnessed", async () => {
  const opened = await openCheckpoint(CHECKPOINT, LOG_KEY, [parseVerifierKey(WITNESS_VKEY)]);
  expect(opened).toMatchObject({ origin: LOG_NAME, size: 3 });
  expect(toHex(opened.root)).toBe(ROOTS[3]);
  expect(opened.note.verified.map(({ timestamp }) => timestamp)).toEqual([
    undefined,
    1_767_323_100,
  ]);
});

test("signing gives those very bytes", async () => {
  const signer = await signerFromSeed(LOG_NAME, LOG_SEED);
  const head = { origin: LOG_NAME, size: 3, root: hex(ROOTS[3]) };
  expect(formatTreeHead(head)).toBe(CHECKPOINT_TEXT);
  expect(`${await signCheckpoint(head, [signer])}${WITNESS_LINE}`).toBe(CHECKPOINT);
});

test("a checkpoint of another deployment's log is refused, though its key were trusted", async () => {
  const signer = await signerFromSeed(LOG_NAME, LOG_SEED);
  const head = { origin: "audit.example.org/other", size: 3, root: hex(ROOTS[3]) };
  const other = await signCheckpoint(head, [signer]);
  await expect(openCheckpoint(other, LOG_KEY)).rejects.toMatchObject({ code: "wrong_origin" });
});

test("a witness alone does not make a checkpoint", async () => {
  const witnessed = `${CHECKPOINT_TEXT}\n${WITNESS_LINE}`;
  const keys = [parseVerifierKey(WITNESS_VKEY)];
  await expect(openCheckpoint(witnessed, LOG_KEY, keys)).rejects.toMatchObject({
    code: "unsigned",
  });
});

describe("strict form", () => {
  const [origin, , root] = CHECKPOINT_TEXT.split("\n");
  test.each([
    ["a leading zero", `${origin}\n020\n${root}\n`],
    ["a sign", `${origin}\n+3\n${root}\n`],
    ["a fraction", `${origin}\n3.0\n${root}\n`],
    ["an exponent", `${origin}\n3e1\n${root}\n`],
    ["a negative size", `${origin}\n-3\n${root}\n`],
    ["2^53", `${origin}\n9007199254740992\n${root}\n`],
    ["other digits", `${origin}\n٣\n${root}\n`],
    ["CRLF", CHECKPOINT_TEXT.replaceAll("\n", "\r\n")],
    ["no final newline", CHECKPOINT_TEXT.slice(0, -1)],
    ["an extra blank line", `${CHECKPOINT_TEXT}\n`],
    ["a blank line first", `\n${CHECKPOINT_TEXT}`],
    ["an extension line", `${CHECKPOINT_TEXT}extension\n`],
    ["an empty origin", `\n3\n${root}\n`],
    ["a root with loose bits", `${origin}\n3\n${root?.replace("aQ=", "aR=")}\n`],
    ["a root of 31 bytes", `${origin}\n3\n${btoa("x".repeat(31))}\n`],
    ["a root over two lines", `${origin}\n3\n${root?.slice(0, 20)}\n${root?.slice(20)}\n`],
  ])("refuses %s", (_, text) => {
    expect(() => parseTreeHead(text)).toThrow(NoteError);
  });

  test("accepts sizes 0 and 2^53 - 1", () => {
    for (const size of [0, Number.MAX_SAFE_INTEGER]) {
      expect(parseTreeHead(`${origin}\n${size}\n${root}\n`).size).toBe(size);
    }
  });

  test("can't write what it would not read", () => {
    const head = { origin: LOG_NAME, size: 3, root: hex(ROOTS[3]) };
    expect(() => formatTreeHead({ ...head, origin: "a b" })).toThrow(NoteError);
    expect(() => formatTreeHead({ ...head, origin: "a\nb" })).toThrow(NoteError);
    expect(() => formatTreeHead({ ...head, size: 2 ** 53 })).toThrow(NoteError);
    expect(() => formatTreeHead({ ...head, root: new Uint8Array(31) })).toThrow(NoteError);
  });
});
