import { describe, expect, it } from "vitest";
import { EMPTY_FILTER, filterFrom, paramsOf } from "./filter.ts";

describe("a filter of the log in the address", () => {
  it("comes back as it was written", () => {
    const filter = {
      kind: "media.read",
      who: "reviewer-1",
      caseId: "cas_1" as const,
      subjectId: "sub_2" as const,
      from: "2026-11-01",
      to: null,
    };
    expect(filterFrom(paramsOf(filter))).toEqual(filter);
    expect(paramsOf(EMPTY_FILTER).toString()).toBe("");
  });

  it("leaves out what it does not understand", () => {
    const params = new URLSearchParams(
      "kind=toString&case=sub_1&subject=cas_1&from=yesterday&to=2026-99-99&who=+",
    );
    expect(filterFrom(params)).toEqual(EMPTY_FILTER);
  });
});
