import { describe, expect, it } from "vitest";
import { filterFrom, paramsOf, presetsOf } from "./filter.ts";

const NOTHING = {
  from: null,
  to: null,
  region: null,
  model: null,
  policy: null,
  reviewer: null,
};

describe("a filter in the address", () => {
  it("comes back as it was written", () => {
    const filter = {
      from: "2026-10-01",
      to: "2026-10-31",
      region: "US-CA",
      model: { provider: "face match", version: "7.3" },
      policy: 2,
      reviewer: null,
    };
    expect(filterFrom(paramsOf(filter))).toEqual(filter);
    expect(paramsOf(NOTHING).toString()).toBe("");
  });

  it.each([
    "from=2026-10-01",
    "from=2026-10-31&to=2026-10-01",
    "from=2026-19-01&to=2026-19-02",
    "provider=facematch",
    "policy=0",
    "policy=1.5",
    "policy=99999999999",
    "reviewer=Anna",
    "region=Atlantis",
  ])("leaves out what it does not understand: %s", (address) => {
    expect(filterFrom(new URLSearchParams(address))).toEqual(NOTHING);
  });

  it("knows the last whole week from any day of this one", () => {
    for (const today of ["2026-11-23", "2026-11-26", "2026-11-29"]) {
      expect(presetsOf(today)[0]).toEqual({
        words: "Last week",
        from: "2026-11-16",
        to: "2026-11-22",
      });
    }
  });
});
