import { createHmac, hkdfSync } from "node:crypto";

import { newId, systemRandom } from "@secondlook/domain/ids";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { VaultError, type VaultErrorCode } from "./errors.ts";
import { BOX_OVERHEAD_BYTES } from "./sealed-box.ts";
import type { SealContext, SubjectKey } from "./subject-key.ts";
import { createVault, type Vault } from "./vault.ts";

const ROOT = new Uint8Array(32).fill(7);
const CONTEXT: SealContext = { object: "obj_1", rendition: "face", purpose: "evidence" };

function vaultOf(rootKey = ROOT): Vault {
  return createVault({ rootKey, random: systemRandom });
}

async function keyOf(vault = vaultOf(), subjectId = "sub_1"): Promise<SubjectKey> {
  const { wrapped } = await vault.newSubjectKey(subjectId);
  return vault.openSubjectKey({ wrapped, subjectId });
}

async function expectRefusal(work: Promise<unknown>, code: VaultErrorCode): Promise<void> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(VaultError);
  expect(error).toMatchObject({ code });
}

describe("a subject's key", () => {
  test("opens what it sealed, whatever the bytes and the context", async () => {
    const key = await keyOf();
    const context = fc.record(
      { object: fc.string(), rendition: fc.string(), purpose: fc.string() },
      { requiredKeys: ["object", "purpose"] },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), context, async (bytes, where) => {
        const sealed = await key.encrypt(bytes, where);
        expect(sealed.length).toBe(bytes.length + BOX_OVERHEAD_BYTES);
        expect(await key.decrypt(sealed, where)).toEqual(bytes);
      }),
    );
  });

  test("refuses a box after any one bit of it was flipped", async () => {
    const key = await keyOf();
    const sealed = await key.encrypt(new Uint8Array([1, 2, 3]), CONTEXT);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = sealed.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expectRefusal(key.decrypt(changed, CONTEXT), bit < 8 ? "unknown_version" : "tampered");
    }
  });

  test("refuses a box cut anywhere, or with a byte more", async () => {
    const key = await keyOf();
    const sealed = await key.encrypt(new Uint8Array(20), CONTEXT);
    for (let length = 0; length < sealed.length; length++) {
      await expectRefusal(key.decrypt(sealed.subarray(0, length), CONTEXT), "tampered");
    }
    await expectRefusal(key.decrypt(new Uint8Array([...sealed, 0]), CONTEXT), "tampered");
  });

  test("refuses a box in any other place than its own", async () => {
    const key = await keyOf();
    const part = fc.constantFrom("", "a", "b", ",", '","', "null", "evidence");
    const context = fc.record(
      { object: part, rendition: part, purpose: part },
      { requiredKeys: ["object", "purpose"] },
    );
    await fc.assert(
      fc.asyncProperty(context, context, async (made, asked) => {
        fc.pre(
          made.object !== asked.object ||
            made.rendition !== asked.rendition ||
            made.purpose !== asked.purpose,
        );
        const sealed = await key.encryptText("x", made);
        await expectRefusal(key.decryptText(sealed, asked), "tampered");
      }),
    );
  });

  test("does not open another subject's boxes, even with the same place", async () => {
    const vault = vaultOf();
    const [mine, other] = [await keyOf(vault, "sub_1"), await keyOf(vault, "sub_2")];
    const sealed = await mine.encryptText("secret", CONTEXT);
    await expectRefusal(other.decryptText(sealed, CONTEXT), "tampered");
  });

  test("never uses a nonce twice and never seals the same text alike", async () => {
    const key = await keyOf();
    const nonces = new Set<string>();
    for (let round = 0; round < 2000; round++) {
      const sealed = await key.encryptText("same", CONTEXT);
      nonces.add(sealed.subarray(1, 13).join());
    }
    expect(nonces.size).toBe(2000);
  });

  test("refuses to seal when the random source runs short", async () => {
    const vault = vaultOf();
    const { wrapped } = await vault.newSubjectKey("sub_1");
    const dry = createVault({ rootKey: ROOT, random: () => new Uint8Array(3) });
    const key = await dry.openSubjectKey({ wrapped, subjectId: "sub_1" });
    await expectRefusal(key.encryptText("x", CONTEXT), "bad_secret");
    await expectRefusal(dry.newSubjectKey("sub_1"), "bad_secret");
  });

  test("gives text and JSON back as they were", async () => {
    const key = await keyOf();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.jsonValue(), async (text, value) => {
        const sealedText = await key.encryptText(text, CONTEXT);
        expect(await key.decryptText(sealedText, CONTEXT)).toBe(text);
        const sealed = await key.encryptJson(value, CONTEXT);
        expect(await key.decryptJson(sealed, CONTEXT)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    await expect(key.encryptJson(undefined, CONTEXT)).rejects.toThrow(TypeError);
  });

  test("says that bytes are not text or JSON without quoting them", async () => {
    const key = await keyOf();
    const binary = await key.encrypt(new Uint8Array([0xff, 0xfe]), CONTEXT);
    await expectRefusal(key.decryptText(binary, CONTEXT), "tampered");
    const text = await key.encryptText("Nguyen Van A", CONTEXT);
    await expectRefusal(key.decryptJson(text, CONTEXT), "tampered");
    await expect(key.decryptJson(text, CONTEXT)).rejects.not.toThrow(/Nguyen/);
  });

  test("commits to a text under itself: no other subject and no other purpose agree", async () => {
    const vault = vaultOf();
    const [mine, other] = [await keyOf(vault), await keyOf(vault)];
    const hash = await mine.keyedHash("note", "text");
    expect(hash.length).toBe(32);
    expect(await mine.keyedHash("note", new TextEncoder().encode("text"))).toEqual(hash);
    expect(await mine.keyedHash("purpose", "text")).not.toEqual(hash);
    expect(await other.keyedHash("note", "text")).not.toEqual(hash);
  });
});

describe("the vault", () => {
  test("opens a wrapped key at the next start, under the same root key", async () => {
    const { wrapped, keyId } = await vaultOf().newSubjectKey("sub_1");
    const first = await vaultOf().openSubjectKey({ wrapped, subjectId: "sub_1" });
    const later = await vaultOf().openSubjectKey({ wrapped, subjectId: "sub_1" });
    const sealed = await first.encryptText("still here", CONTEXT);
    expect(await later.decryptText(sealed, CONTEXT)).toBe("still here");
    expect(keyId).toMatch(/^key_[0-9A-Za-z]{22}$/);
  });

  test("refuses a wrapped key under another root key, for another subject, or changed", async () => {
    const { wrapped } = await vaultOf().newSubjectKey("sub_1");
    const other = vaultOf(new Uint8Array(32).fill(8));
    await expectRefusal(other.openSubjectKey({ wrapped, subjectId: "sub_1" }), "tampered");
    await expectRefusal(vaultOf().openSubjectKey({ wrapped, subjectId: "sub_2" }), "tampered");
    const changed = wrapped.slice();
    changed[20] = (changed[20] ?? 0) ^ 1;
    const work = vaultOf().openSubjectKey({ wrapped: changed, subjectId: "sub_1" });
    await expectRefusal(work, "tampered");
  });

  test("says that an erased subject is erased", async () => {
    await expectRefusal(vaultOf().openSubjectKey({ wrapped: null, subjectId: "sub_1" }), "erased");
  });

  test("refuses a root key of another length", () => {
    expect(() => vaultOf(new Uint8Array(16))).toThrow(/16 bytes and must have 32/);
  });

  test("hashes alike for one purpose and root key, and otherwise never", async () => {
    const vault = vaultOf();
    const hash = await vault.keyedHash("signal", "device-1");
    expect(hash.length).toBe(32);
    expect(await vaultOf().keyedHash("signal", "device-1")).toEqual(hash);
    expect(await vault.keyedHash("token", "device-1")).not.toEqual(hash);
    expect(await vault.keyedHash("signal", "device-2")).not.toEqual(hash);
    const other = vaultOf(new Uint8Array(32).fill(8));
    expect(await other.keyedHash("signal", "device-1")).not.toEqual(hash);
  });

  test("hashes as node:crypto's HKDF and HMAC do", async () => {
    const key = hkdfSync("sha256", ROOT, "", "secondlook/v1/index/signal", 32);
    const expected = createHmac("sha256", new Uint8Array(key)).update("device-1").digest();
    const hash = await vaultOf().keyedHash("signal", "device-1");
    expect(hash).toEqual(new Uint8Array(expected));
  });

  test("derives the same password at each start and another for each label", async () => {
    const password = await vaultOf().deriveSecret("database/app");
    expect(password).toMatch(/^[0-9A-Za-z_-]{43}$/);
    expect(await vaultOf().deriveSecret("database/app")).toBe(password);
    expect(await vaultOf().deriveSecret("database/jobs")).not.toBe(password);
  });

  test("takes bytes that lie inside a larger buffer", async () => {
    const large = new Uint8Array(64);
    large.set(ROOT, 16);
    const key = await keyOf(vaultOf(large.subarray(16, 48)), newId("subject", systemRandom));
    const sealed = await key.encrypt(large.subarray(10, 20), CONTEXT);
    expect(await key.decrypt(sealed, CONTEXT)).toEqual(large.slice(10, 20));
  });
});
