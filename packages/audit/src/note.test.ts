import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "./bytes.ts";
import { openNote, parseNote } from "./note.ts";
import { formatVerifierKey, NoteError, parseVerifierKey, verifierKey } from "./note-key.ts";
import { cosign, signerFromSeed, signNote } from "./note-signer.ts";
import {
  CHECKPOINT,
  CHECKPOINT_TEXT,
  LOG_LINE,
  LOG_NAME,
  LOG_SEED,
  LOG_VKEY,
  WITNESS_LINE,
  WITNESS_NAME,
  WITNESS_SEED,
  WITNESS_VKEY,
} from "../test-support/vectors.ts";

const LOG_KEY = parseVerifierKey(LOG_VKEY);
const WITNESS_KEY = parseVerifierKey(WITNESS_VKEY);

describe("published notes", () => {
  test("the example of c2sp.org/signed-note", async () => {
    const key = parseVerifierKey(
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    );
    const signature =
      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=";
    const note = `This is an example message.\n\n— example.com/foo ${signature}\n`;
    const { text } = await openNote(note, [key]);
    expect(text).toBe("This is an example message.\n");
    await expect(openNote(note.replace("example m", "exemplary m"), [key])).rejects.toThrow(
      "changed",
    );
  });

  test("the example of golang.org/x/mod/sumdb/note", async () => {
    const key = parseVerifierKey(
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    );
    const text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
    expect((await openNote(note, [key])).text).toBe(text);
  });
});

describe("our own vectors", () => {
  test("the seeds give the published verifier keys and signatures", async () => {
    const log = await signerFromSeed(LOG_NAME, LOG_SEED);
    const witness = await signerFromSeed(WITNESS_NAME, WITNESS_SEED, "cosignature");
    expect(formatVerifierKey(log.key)).toBe(LOG_VKEY);
    expect(formatVerifierKey(witness.key)).toBe(WITNESS_VKEY);
    expect(await signNote(CHECKPOINT_TEXT, [log])).toBe(`${CHECKPOINT_TEXT}\n${LOG_LINE}`);
    const line = parseNote(CHECKPOINT).signatures[1];
    expect(await cosign(CHECKPOINT_TEXT, witness, 1_767_323_100)).toEqual(line);
  });

  test("log and witness both verify, and the witness's time is read", async () => {
    const { verified, unknown } = await openNote(CHECKPOINT, [LOG_KEY, WITNESS_KEY]);
    expect(verified).toEqual([{ key: LOG_KEY }, { key: WITNESS_KEY, timestamp: 1_767_323_100 }]);
    expect(unknown).toEqual([]);
  });
});

describe("signatures", () => {
  test("one by an unknown key is ignored", async () => {
    const { verified, unknown } = await openNote(CHECKPOINT, [LOG_KEY]);
    expect(verified).toEqual([{ key: LOG_KEY }]);
    expect(unknown.map(({ name }) => name)).toEqual([WITNESS_NAME]);
  });

  test("the right key under a wrong id is an unknown key", async () => {
    const wrongId = { ...LOG_KEY, id: "00000000" };
    await expect(openNote(CHECKPOINT, [wrongId])).rejects.toMatchObject({ code: "unsigned" });
  });

  test("a wrong one by a known key spoils the note, though another is right", async () => {
    const text = CHECKPOINT_TEXT.replace("\n3\n", "\n4\n");
    const log = await signerFromSeed(LOG_NAME, LOG_SEED);
    const note = `${await signNote(text, [log])}${WITNESS_LINE}`;
    await expect(openNote(note, [LOG_KEY])).resolves.toMatchObject({ text });
    await expect(openNote(note, [LOG_KEY, WITNESS_KEY])).rejects.toMatchObject({
      code: "bad_signature",
    });
  });

  test("the same witness twice counts once, under a second name too", async () => {
    const alias = await signerFromSeed("witness.example.com/alias", WITNESS_SEED, "cosignature");
    const witness = await signerFromSeed(WITNESS_NAME, WITNESS_SEED, "cosignature");
    const lines = await Promise.all([
      cosign(CHECKPOINT_TEXT, witness, 1_767_323_160),
      cosign(CHECKPOINT_TEXT, alias, 1_767_323_160),
    ]);
    const more = lines.map((line) => `— ${line.name} ${encode(line.keyId, line.signature)}\n`);
    const opened = await openNote(`${CHECKPOINT}${more.join("")}`, [
      LOG_KEY,
      WITNESS_KEY,
      alias.key,
    ]);
    expect(opened.verified.map(({ key }) => key.name)).toEqual([LOG_NAME, WITNESS_NAME]);
  });

  test("a cosignature whose time was changed is wrong", async () => {
    const changed = CHECKPOINT.replace("AAAAABpVzXc", "AAAAABpVzXd");
    expect(changed).not.toBe(CHECKPOINT);
    await expect(openNote(changed, [LOG_KEY, WITNESS_KEY])).rejects.toMatchObject({
      code: "bad_signature",
    });
  });

  test("any one character changed in text or log signature is found", async () => {
    const whole = `${CHECKPOINT_TEXT}\n${LOG_LINE}`;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.constantFrom("A", "7", "\n", "=", " "),
        async (at, letter) => {
          fc.pre(whole[at] !== letter);
          const changed = `${whole.slice(0, at)}${letter}${whole.slice(at + 1)}`;
          await expect(openNote(changed, [LOG_KEY])).rejects.toThrow(NoteError);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a blank line put before a signature line makes another note, which nobody signed", async () => {
    const keys = [LOG_KEY, WITNESS_KEY];
    const between = `${CHECKPOINT_TEXT}\n${LOG_LINE}\n${WITNESS_LINE}`;
    await expect(openNote(between, keys)).rejects.toMatchObject({ code: "bad_signature" });
    const doubled = `${CHECKPOINT_TEXT}\n\n${LOG_LINE}`;
    await expect(openNote(doubled, keys)).rejects.toMatchObject({ code: "bad_signature" });
  });

  test("a witness's key can't sign a plain note, nor a log's key cosign", async () => {
    const witness = await signerFromSeed(WITNESS_NAME, WITNESS_SEED, "cosignature");
    const log = await signerFromSeed(LOG_NAME, LOG_SEED);
    await expect(signNote("text\n", [witness])).rejects.toThrow(NoteError);
    await expect(cosign("text\n", log, 1)).rejects.toThrow(NoteError);
    await expect(signNote("text", [log])).rejects.toThrow("newline");
    await expect(signerFromSeed(LOG_NAME, new Uint8Array(31))).rejects.toThrow("32 bytes");
  });
});

describe("strict form", () => {
  const signature = LOG_LINE.slice(0, -1);
  test.each([
    ["CRLF", CHECKPOINT.replaceAll("\n", "\r\n")],
    ["a missing final newline", CHECKPOINT.slice(0, -1)],
    ["text after the final newline", `${CHECKPOINT}x`],
    ["a blank line at the end", `${CHECKPOINT}\n`],
    ["no signature", `${CHECKPOINT_TEXT}\n`],
    ["no blank line", `${CHECKPOINT_TEXT}${LOG_LINE}`],
    ["a tab", `${CHECKPOINT_TEXT}\t\n\n${LOG_LINE}`],
    ["a lone surrogate", `\ud800\n\n${LOG_LINE}`],
    ["a hyphen for the dash", CHECKPOINT.replace("—", "-")],
    ["two spaces", CHECKPOINT.replace("— a", "—  a")],
    ["a plus in the name", CHECKPOINT.replace("— audit.", "— audit+")],
    ["a no-break space in the name", CHECKPOINT.replace("— audit.", "— audit\u00a0")],
    ["base64 with loose last bits", CHECKPOINT.replace("VQ8=", "VQ9=")],
    ["base64 without padding", CHECKPOINT.replace("VQ8=", "VQ8")],
    ["base64 for URLs", CHECKPOINT.replace("Vq3/", "Vq3_")],
    ["base64 of an id alone", `${CHECKPOINT_TEXT}\n— audit.example.com/review IlJzVg==\n`],
    ["101 signatures", `${CHECKPOINT_TEXT}\n${LOG_LINE.repeat(101)}`],
    ["a megabyte of text", `${"x".repeat(1_000_000)}\n\n${signature}\n`],
  ])("refuses %s", (_, note) => {
    expect(() => parseNote(note)).toThrow(NoteError);
  });

  test("accepts 16 signatures and empty lines inside the text", () => {
    expect(parseNote(`a\n\nb\n\n${LOG_LINE.repeat(16)}`)).toMatchObject({ text: "a\n\nb\n" });
  });

  test.each([
    ["no plus", "abc"],
    ["a wrong id", LOG_VKEY.replace("22527356", "22527357")],
    ["another name", LOG_VKEY.replace("review", "reviews")],
    ["a space in the name", LOG_VKEY.replace("/review", " review")],
    ["loose base64", `${LOG_VKEY.slice(0, -1)}=`],
    ["a line break at the end", `${LOG_VKEY}\n`],
    ["an unknown algorithm", LOG_VKEY.replace("+AYq", "+A4q")],
    ["nothing", ""],
  ])("refuses a verifier key with %s", (_, vkey) => {
    expect(() => parseVerifierKey(vkey)).toThrow(NoteError);
  });

  test("refuses to make a key with a plus or space in its name, or of a wrong length", () => {
    for (const name of ["a+b", "a b", "", "a\u0085b", "a\nb"]) {
      expect(() => verifierKey(name, new Uint8Array(32))).toThrow(NoteError);
    }
    expect(() => verifierKey("a", new Uint8Array(33))).toThrow(NoteError);
  });
});

function encode(keyId: string, signature: Uint8Array): string {
  return Buffer.from(keyId + toHex(signature), "hex").toString("base64");
}
