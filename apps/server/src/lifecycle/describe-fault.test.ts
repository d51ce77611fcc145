import { describe, expect, it } from "vitest";
import { describeFault, faultInShort } from "./describe-fault.ts";

/** As drizzle-orm makes it: statement and values in the message, and so in the stack. */
function statementFault(): Error {
  const cause = Object.assign(new Error('invalid input syntax for type date: "Ánh Nguyễn"'), {
    code: "22007",
    detail: "Ánh Nguyễn",
  });
  return new Error("Failed query: insert into app.subject values ($1)\nparams: Ánh Nguyễn", {
    cause,
  });
}

describe("a fault that no sentence was written for", () => {
  it("is told in a sentence that says what to do, then with its calls", () => {
    const [sentence, ...detail] = describeFault(new TypeError("x is not a function")).split("\n");
    expect(sentence).toMatch(/\(TypeError: x is not a function\); start again, and report it/);
    expect(detail.length).toBeGreaterThan(0);
    expect(detail.every((line) => line.startsWith("  at "))).toBe(true);
  });

  it("never tells the values of a statement, nor those that Postgres quotes", () => {
    for (const told of [describeFault(statementFault()), faultInShort(statementFault())]) {
      expect(told).not.toMatch(/Ánh|params|insert/);
      expect(told).toContain("a statement failed");
    }
    expect(describeFault(statementFault())).toContain("22007");
  });

  it("is told where it is no error at all", () => {
    expect(describeFault("text")).toMatch(/^Something went wrong .*\.$/);
    expect(faultInShort(undefined)).toBe("an unknown fault");
  });

  it("ends where causes go in a circle", () => {
    const one = new Error("one");
    one.cause = new Error("two", { cause: one });
    expect(describeFault(one).split("\n").length).toBeLessThan(40);
  });
});
