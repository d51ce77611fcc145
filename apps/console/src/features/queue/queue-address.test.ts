import { expect, test } from "vitest";
import { queryOf, readAddress } from "./queue-address.ts";

const read = (query: string) => readAddress(new URLSearchParams(query));

test("an address is read as it was written", () => {
  for (const query of [
    "",
    "?view=nobody",
    "?region=VN-SG&age=older&due=overdue&order=oldest",
    "?view=mistakes&closed=1",
  ]) {
    expect(queryOf(read(query))).toBe(query);
  }
});

test("what an address says and nobody knows counts as not said", () => {
  expect(read("?view=shift&age=ancient&due=soon&order=random&closed=yes")).toEqual(read(""));
});
