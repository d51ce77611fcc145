import { expect, it } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";

it("works never overlap, keep their order, and outlive one that fails", async () => {
  const inTurn = oneAtATime();
  const log: string[] = [];
  const work =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const all = await Promise.allSettled([
    inTurn(work("a")),
    inTurn(work("b", true)),
    inTurn(work("c")),
  ]);
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
