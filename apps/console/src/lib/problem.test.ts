import { expect, test } from "vitest";
import { problemOf } from "./problem.ts";

test.each([
  "Failed to fetch",
  "NetworkError when attempting to fetch resource.",
  "Load failed",
  "fetch failed",
])("a fetch that failed is told as a server that can't be reached: %s", (message) => {
  expect(problemOf(new TypeError(message)).kind).toBe("unreachable");
});

test("a slip in the console's own code is not taken for one", () => {
  expect(problemOf(new TypeError("l is not a function")).kind).toBe("failed");
});
