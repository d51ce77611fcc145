import { type CaseBody, caseBody } from "@secondlook/testkit/api/case-payload";
import { describe, expect, test } from "vitest";
import { parsePayload } from "./parse-payload.ts";
import { Problem } from "./problem.ts";

const BODY = caseBody({ externalId: "one", similarities: [97.2] });

/** Details by pointer. */
function faultsOf(change: Record<string, unknown>): Record<string, string> {
  try {
    parsePayload({ ...BODY, ...change });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return Object.fromEntries(error.faults.map(({ pointer, detail }) => [pointer, detail]));
  }
  return {};
}

function withSimilarity(similarity: number): CaseBody["candidates"] {
  return BODY.candidates.map((candidate) => ({ ...candidate, similarity }));
}

describe("a fault is told in a sentence that says what to send", () => {
  const cases: readonly [Record<string, unknown>, string, string][] = [
    [{ externalId: undefined }, "/externalId", "This is needed; send text."],
    [{ externalId: 7 }, "/externalId", "Send text."],
    [{ externalId: null }, "/externalId", "Send text, not null."],
    [{ subject: undefined }, "/subject", "This is needed; send an object."],
    [{ candidates: "x" }, "/candidates", "Send a list."],
    [{ priority: "asap" }, "/priority", "Send one of these: “urgent”, “high”, “normal”, “low”."],
    [
      { flaggedAt: undefined },
      "/flaggedAt",
      "This is needed; give an instant with its offset, such as 2026-11-02T09:14:03Z.",
    ],
    [{ languages: Array.from({ length: 9 }, () => "vi") }, "/languages", "Send at most 8 items."],
    [
      { matcher: { ...BODY.matcher, threshold: Infinity } },
      "/matcher/threshold",
      "Send a number that is not so large.",
    ],
    [faceBox({ left: 3 }), "/evidence/0/faceBox/left", "Send a number of 2 or less."],
    [faceBox({ top: -2 }), "/evidence/0/faceBox/top", "Send a number of -1 or more."],
    [faceBox({ width: 0 }), "/evidence/0/faceBox/width", "Send a number over 0."],
  ];

  test.each(cases)("%j", (change, pointer, detail) => {
    expect(faultsOf(change)).toEqual({ [pointer]: detail });
  });
});

test("what contradicts itself is told together with what is of no form", () => {
  const faults = faultsOf({
    region: "Vietnam",
    candidates: withSimilarity(250),
    capture: { ...BODY.capture, noticeVersion: 7, capturedAt: "2020-01-01T00:00:00Z" },
    unknown: 1,
    languages: Array.from({ length: 9 }, () => "vi"),
    matcher: { ...BODY.matcher, provider: "", threshold: 101 },
  });
  expect(Object.keys(faults).toSorted()).toEqual([
    "/candidates/0/similarity",
    "/capture/capturedAt",
    "/capture/noticeVersion",
    "/languages",
    "/matcher/provider",
    "/matcher/threshold",
    "/region",
    "/unknown",
  ]);
});

test.each([
  ["9999-12-31T23:59:59-23:59", "after the year 9999"],
  ["1900-01-01T00:00:00+00:01", "before 1900"],
])("the instant %s is refused wherever it stands: it is %s in UTC", (instant, words) => {
  const capture = { ...BODY.capture, consentedAt: instant, capturedAt: instant };
  const faults = faultsOf({
    flaggedAt: instant,
    capture,
    matcher: { ...BODY.matcher, searchedAt: instant },
  });
  expect(Object.keys(faults)).toHaveLength(4);
  for (const detail of Object.values(faults)) expect(detail).toContain(words);
});

test("instants at both ends are taken", () => {
  expect(faultsOf({ flaggedAt: "9999-12-31T23:59:59Z" })).toEqual({});
  expect(faultsOf({ flaggedAt: "1900-01-01T00:00:00Z" })).toEqual({});
});

test("forms that no case has are refused and break nothing", () => {
  for (const body of [null, [], 7, "x", { candidates: [null, [1]], evidence: {}, matcher: [] }]) {
    expect(() => parsePayload(body)).toThrow(Problem);
  }
});

function faceBox(change: Record<string, number>): Record<string, unknown> {
  const box = { left: 0, top: 0, width: 1, height: 1, space: "upright", ...change };
  return { evidence: [{ ref: "id", kind: "id_photo", faceBox: box }] };
}
