import { describe, expect, it } from "vitest";
import { paramsOf, searchFrom } from "./search-params.ts";

describe("a search in the address", () => {
  it("comes back as it was written", () => {
    const search = {
      id: "ver_8812",
      region: "VN",
      outcome: "duplicate" as const,
      from: "2026-11-01",
      to: null,
    };
    expect(searchFrom(paramsOf(search))).toEqual(search);
    expect(paramsOf(search).toString()).toBe(
      "id=ver_8812&region=VN&outcome=duplicate&from=2026-11-01",
    );
  });

  it("leaves out what it does not understand", () => {
    const params = new URLSearchParams("outcome=guilty&from=yesterday&region=Atlantis&id=+");
    expect(searchFrom(params)).toEqual({
      id: null,
      region: null,
      outcome: null,
      from: null,
      to: null,
    });
  });
});
