import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path.ts";

describe("safePath", () => {
  it("keeps a path of this console", () => {
    expect(safePath("/cases?region=VN")).toBe("/cases?region=VN");
  });

  it("never leads to another site, nor back to signing in", () => {
    const others = ["https://a.example", "//a.example", "/\\a.example", "review", "/sign-in?x=1"];
    for (const wanted of [null, ...others]) expect(safePath(wanted)).toBe("/");
  });
});
