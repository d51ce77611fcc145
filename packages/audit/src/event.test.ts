import { describe, expect, expectTypeOf, test } from "vitest";
import { fromUtf8 } from "./bytes.ts";
import {
  assertEvent,
  type AuditEvent,
  AuditEventError,
  encodeEvent,
  EVENT_KINDS,
  type EventBody,
} from "./event.ts";
import { FIELDS } from "./events/fields.ts";
import { envelope, event, KINDS, SAMPLES, sampleFields } from "../test-support/events.ts";

const READ: EventBody<"media.read"> = {
  kind: "media.read",
  outcome: "allowed",
  case: "cas_42",
  subject: "sub_9",
  asset: "evd_5",
  rendition: "face",
  purpose: { code: "review" },
};

test("an event is written as canonical JSON", () => {
  expect(fromUtf8(encodeEvent(event(1, READ)))).toBe(
    '{"actor":{"id":"usr_7","role":"reviewer"},"asset":"evd_5","at":"2026-01-02T03:04:06.000Z",' +
      '"case":"cas_42","eid":"019b7ca9-9070-7000-8000-000000010041","kind":"media.read",' +
      '"outcome":"allowed","purpose":{"code":"review"},"rendition":"face","request":"req_1",' +
      '"session":"ses_1","src":{"inst":"ins_A","n":1},"subject":"sub_9","v":1}',
  );
});

describe.each(KINDS)("%s", (kind) => {
  const { required, optional, outcomes, about } = EVENT_KINDS[kind];
  const [outcome] = outcomes;
  const least = { ...envelope(1), kind, outcome, ...sampleFields(required) };
  const most = { ...least, ...sampleFields(optional) };

  test("is accepted with its required fields alone, and with all it may have", () => {
    expect(() => assertEvent(least)).not.toThrow();
    expect(() => assertEvent(most)).not.toThrow();
    expect(about).toMatch(/\.$/);
  });

  test("is refused without any one of its required fields, which the error names", () => {
    for (const name of required) {
      const rest = Object.fromEntries(Object.entries(most).filter(([field]) => field !== name));
      expect(() => assertEvent(rest)).toThrow(expect.objectContaining({ field: name }));
    }
  });

  test("is refused with any field of another kind, which the error names", () => {
    const own = new Set<string>([...required, ...optional]);
    for (const [name, value] of Object.entries(SAMPLES).filter(([field]) => !own.has(field))) {
      expect(() => assertEvent({ ...most, [name]: value })).toThrow(
        expect.objectContaining({ field: name }),
      );
    }
  });
});

describe("what an event can't hold", () => {
  const whole = event(1, READ);

  test.each([
    ["kind", { kind: "media.stolen" }, "kind"],
    ["kind from Object's prototype", { kind: "toString" }, "kind"],
    ["version", { v: 2 }, "v"],
    ["event id", { eid: "01920000-0000-4000-8000-000000000001" }, "eid"],
    ["event id in capitals", { eid: "01920000-0000-7000-8000-00000000000A" }, "eid"],
    ["time without milliseconds", { at: "2026-01-02T03:04:05Z" }, "at"],
    ["time of a zone", { at: "2026-01-02T03:04:05.678+00:00" }, "at"],
    ["time that never was", { at: "2026-02-30T03:04:05.678Z" }, "at"],
    ["leap second", { at: "2026-06-30T23:59:60.000Z" }, "at"],
    ["outcome", { outcome: "maybe" }, "outcome"],
    ["actor with a name", { actor: { id: "usr_7", role: "lead", name: "Ada" } }, "actor.name"],
    ["actor's id", { actor: { id: "cas_7", role: "lead" } }, "actor.id"],
    ["role", { actor: { id: "usr_7", role: "boss" } }, "actor.role"],
    ["source in a person's role", { actor: { id: "src_7", role: "lead" } }, "actor.role"],
    ["person in the system's role", { actor: { id: "usr_7", role: "system" } }, "actor.role"],
    ["number 0", { src: { inst: "ins_A", n: 0 } }, "src.n"],
    ["number beyond 2^53", { src: { inst: "ins_A", n: 2 ** 53 } }, "src.n"],
    ["id of another kind", { subject: "cas_9" }, "subject"],
    ["id that is too long", { subject: `sub_${"a".repeat(27)}` }, "subject"],
    ["id with a line break", { subject: "sub_9\n" }, "subject"],
    ["second subject", { subject: ["sub_9", "sub_10"] }, "subject"],
    ["free text as a code", { rendition: "The whole picture" }, "rendition"],
    ["purpose in free text", { purpose: { code: "review", note: "because" } }, "purpose.note"],
    [
      "plain hash",
      { purpose: { code: "review", note: `sha256:${"a".repeat(43)}` } },
      "purpose.note",
    ],
    ["null", { session: null }, "session"],
    ["undefined", { session: undefined }, "session"],
    ["score", { similarity: 97.2 }, "similarity"],
    ["__proto__", JSON.parse('{"__proto__":{"a":1}}'), "__proto__"],
  ])("%s", (_, change: object, field) => {
    // Object.assign would set the prototype for __proto__; a parsed leaf has it as a field.
    const changed: unknown = Object.defineProperties(
      { ...whole },
      Object.getOwnPropertyDescriptors(change),
    );
    const encode = () => {
      assertEvent(changed);
      return encodeEvent(changed);
    };
    expect(encode).toThrow(AuditEventError);
    expect(encode).toThrow(expect.objectContaining({ field }));
  });

  test("ratings outside -3 to 3, fractions of them, and minus zero", () => {
    const body = sampleFields(EVENT_KINDS["judgement.seal"].required);
    const seal = { ...envelope(1), kind: "judgement.seal", outcome: "allowed", ...body };
    for (const rating of [-4, 4, 0.5, "1", null]) {
      expect(() => assertEvent({ ...seal, rating })).toThrow(/rating/);
    }
    const zero: unknown = { ...seal, rating: -0 };
    assertEvent(zero);
    expect(() => encodeEvent(zero)).toThrow(/rating/);
  });

  test("the error never quotes what stood in the field", () => {
    const secret = "Ada Lovelace";
    for (const change of [
      { subject: secret },
      { rendition: secret },
      { outcome: secret },
      { kind: secret },
      { [secret]: 1 },
    ]) {
      const assert = () => assertEvent({ ...whole, ...change });
      expect(assert).toThrow(AuditEventError);
      expect(assert).not.toThrow(secret);
    }
  });

  test("more numbers at once than fit a leaf", () => {
    const voided = Array.from({ length: 500 }, (_, index) => Number.MAX_SAFE_INTEGER - index);
    const write = (numbers: number[]) =>
      encodeEvent(event(1, { kind: "emit.void", outcome: "allowed", voided: numbers }));
    expect(write(voided).length).toBeLessThanOrEqual(16_384);
    expect(() => write([...voided, ...voided])).toThrow(/voided/);
  });
});

test("no field is of a type that could hold a sentence", () => {
  for (const [name, schema] of Object.entries(FIELDS)) {
    expect(schema.safeParse("Ada Lovelace, born 1815").success, name).toBe(false);
    expect(schema.safeParse(["Ada Lovelace"]).success, name).toBe(false);
  }
});

test("the types ask for what the schema asks for", () => {
  const ids = { case: "cas_1", subject: "sub_1", asset: "evd_1" } as const;
  const read = { kind: "media.read", outcome: "allowed", rendition: "face", ...ids } as const;
  // @ts-expect-error -- a read without its purpose
  const missing: EventBody = read;
  // @ts-expect-error -- a field of another kind
  const extra: EventBody = { kind: "audit.proof", outcome: "allowed", event: "e", rating: 1 };
  // @ts-expect-error -- a failed sign-in that was allowed
  const outcome: EventBody = { kind: "session.fail", outcome: "allowed", reason: "expired" };
  // @ts-expect-error -- a case's id as a subject
  const wrongId: EventBody<"case.view">["subject"] = "cas_1";
  const end = { kind: "session.end", outcome: "allowed", reason: "idle" } as const;
  // @ts-expect-error -- an optional field said to be undefined
  const unset: EventBody = { ...end, user: undefined };
  expect([missing, extra, outcome, wrongId, unset]).toHaveLength(5);
  expectTypeOf<AuditEvent<"judgement.seal">["rating"]>().toEqualTypeOf<number>();
  expectTypeOf<EventBody<"case.open">["subject"]>().toEqualTypeOf<`sub_${string}`>();
});
