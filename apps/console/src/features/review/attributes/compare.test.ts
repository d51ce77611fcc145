import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";

describe("comparing an attribute", () => {
  it("says by how many letters alike values differ, and marks them", () => {
    const { words, left } = compare("fullName", "Nguyen Van An", "Nguyen Van Ah");
    expect(words).toBe("differs by 1 letter");
    expect(left?.filter((each) => !each.same)).toEqual([{ text: "n", same: false }]);
  });

  it("marks nothing between values that have little in common", () => {
    expect(compare("fullName", "Jonas Weber", "Lukas Hoffmann")).toEqual({
      left: undefined,
      right: undefined,
      words: "different",
    });
  });

  it("compares dates by year, month and day", () => {
    expect(compare("dateOfBirth", "1988-01-09", "1988-09-01").words).toBe("month and day differ");
    expect(compare("dateOfBirth", "1988-01-09", "1987-01-09").words).toBe("year differs");
    expect(compare("dateOfBirth", "1988-01-09", "1991-04-02").words).toBe("another date");
  });

  it("does not call a name different that is written in another script", () => {
    expect(compare("fullName", "خالد الهاشمي", "Khaled Al-Hashmi").words).toBe("in another script");
    expect(compare("fullName", "陈伟", "陈炜").words).toBe("differs by 1 letter");
    expect(compare("phone", "+971 1", "+971 2").words).toBe("differs by 1 character");
  });

  it("says nothing where one side was not given", () => {
    expect(compare("email", undefined, "a@example.org").words).toBe("");
    expect(compare("email", "a@example.org", "a@example.org").words).toBe("the same");
  });
});
