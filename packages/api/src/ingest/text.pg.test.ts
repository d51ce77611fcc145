import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { textSchema } from "@secondlook/domain/ingest/fields";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { claimWork } from "@secondlook/testkit/api/judge";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

/** minimaxir/big-list-of-naughty-strings (MIT) and CLDR's sample names, kept beside the checkout. */
const folder = join(import.meta.dirname, "../../../../../shared/testdata/text");
const present = existsSync(folder);
if (!present) console.warn("Skipped: no ../shared/testdata/text beside the checkout.");

let app: TestApp;
beforeAll(async () => {
  const base = { ...POLICY_V1.base, blindJudging: false, attributesAfterSeal: false };
  app = await createTestApp({ policy: { ...POLICY_V1, base: { ...base, minimumViewSeconds: 0 } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const details = z.object({ fullName: z.string(), address: z.string(), email: z.string() });
const attributesSchema = z.object({ probe: details, candidate: details });
const PER_CANDIDATE = 3;
const PER_CASE = 20 * PER_CANDIDATE;

/** Sends texts as names, addresses and e-mails of one case, and gives back what a reviewer is shown. */
async function roundTrip(externalId: string, texts: readonly string[]): Promise<string[]> {
  const filled = [...texts];
  while (filled.length % PER_CANDIDATE !== 0) filled.push("filler");
  const groups = Array.from({ length: filled.length / PER_CANDIDATE }, (_, index) => {
    const [fullName = "", address = "", email = ""] = filled.slice(index * PER_CANDIDATE);
    return { fullName, address, email };
  });
  const plain = caseBody({ externalId, similarities: groups.map(() => 90) });
  const [first] = groups;
  if (first === undefined) throw new Error("no texts to send");
  const body = {
    ...plain,
    priority: "urgent" as const,
    subject: { ...plain.subject, attributes: first },
    candidates: plain.candidates.map((candidate, index) => ({
      ...candidate,
      subject: { ...candidate.subject, attributes: groups[index] ?? first },
    })),
  };
  await app.clock.pass({ minutes: 2 });
  const sent = await app.sendCase(body, plainFiles(body));
  expect(sent.status, await sent.clone().text()).toBe(201);

  const reviewer = await app.signIn("reviewer-1");
  const work = await claimWork(reviewer);
  const lease = { caseId: work.caseId, fence: work.fence };
  const shown: string[] = [];
  for (const { candidateId } of work.candidates) {
    await reviewer.call("judging.openCandidate", { ...lease, candidateId });
    const answer = await reviewer.call("judging.attributes", { ...lease, candidateId });
    const { probe, candidate } = attributesSchema.parse(answer.data);
    expect(probe).toEqual({
      fullName: first.fullName.normalize("NFC"),
      address: first.address.normalize("NFC"),
      email: first.email.normalize("NFC"),
    });
    shown.push(candidate.fullName, candidate.address, candidate.email);
  }
  await app.superuser.query(
    "update app.round set state = 'closed', holder = null, lease_kind = null where case_id = $1",
    [work.caseId],
  );
  return shown.filter((text) => text !== "filler");
}

/** In one order, whichever way the candidates were shown; by code units, not by a locale's rules. */
const sorted = (texts: readonly string[]): string[] =>
  texts.map((text) => text.normalize("NFC")).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));

describe("a text comes back byte for byte", () => {
  test("in any script, with marks, joiners and overrides, 200 code points long", async () => {
    const texts = [
      "Nguyễn Thị Ánh",
      "محمّد بن عبد الله",
      "משה בן־דוד",
      "علی\u200cرضا",
      "ශ්\u200dරී",
      "ད\u0f7cན\u0f0bགྲ\u0f74བ",
      "evil\u202egpj.exe",
      "葛\u{e0100}城",
      "\u{20000}".repeat(200),
      "ẛ̣".repeat(100),
      "A\u030a\u0301 \ufb01 \u2126",
      " two  spaces ",
    ];
    expect(sorted(await roundTrip("hand", texts))).toEqual(sorted(texts));
  });

  test("but 201 code points, a control character or a lone surrogate do not go in", async () => {
    for (const fullName of ["\u{20000}".repeat(201), "a\u0085b", "a\u2028b", "a\ud800"]) {
      const plain = caseBody({ externalId: "refused" });
      const body = { ...plain, subject: { ...plain.subject, attributes: { fullName } } };
      const response = await app.sendCase(body, plainFiles(body));
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({
        errors: [{ pointer: "/subject/attributes/fullName" }],
      });
    }
  });

  test.skipIf(!present)("as do strings that break forms, and names of every locale", async () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));
    const texts = [...stringsIn(read("blns.json")), ...stringsIn(read("cldr-sample-names.json"))];
    const good = [...new Set(texts)].filter((text) => textSchema(200).safeParse(text).success);
    expect(good.length).toBeGreaterThan(900);
    // Some of each kind; the schema's own tests take every one.
    const some = good.filter((_, index) => index % 8 === 0);
    for (let at = 0; at < some.length; at += PER_CASE) {
      const batch = some.slice(at, at + PER_CASE);
      expect(sorted(await roundTrip(`corpus_${at}`, batch))).toEqual(sorted(batch));
    }
  });
});

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
