import { expect, it } from "vitest";
import { keepPreferences } from "./preferences.ts";

it("keeps the last choice last, however slowly the one before it is taken", async () => {
  const taken: unknown[] = [];
  const waiting: (() => void)[] = [];
  const kept = keepPreferences(async (content) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    taken.push(content);
  });
  const first = kept.change({ tourDone: true });
  const second = kept.change({ keys: { undo: "g" } });
  expect(kept.store.get()).toEqual({ keys: { undo: "g" }, tourDone: true });
  await new Promise((resolve) => setTimeout(resolve));
  expect(waiting).toHaveLength(1);
  waiting[0]?.();
  expect(await first).toBe(true);
  await new Promise((resolve) => setTimeout(resolve));
  waiting[1]?.();
  expect(await second).toBe(true);
  expect(taken.at(-1)).toEqual({ keys: { undo: "g" }, tourDone: true });
});

it("says where a choice ends with the page, and sends the next all the same", async () => {
  let calls = 0;
  const kept = keepPreferences(async () => {
    calls += 1;
    if (calls === 1) throw new TypeError("no connection");
  });
  expect(await kept.change({ tourDone: true })).toBe(false);
  expect(await kept.change({ tourDone: false })).toBe(true);
});
