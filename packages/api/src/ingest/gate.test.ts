import { expect, test } from "vitest";
import { createGate, GateFull } from "./gate.ts";

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, resolve };
}

test("no more than the limit are inside, the rest come in order, and too many are turned away", async () => {
  const gate = createGate({ inside: 2, waiting: 2 });
  const order: number[] = [];
  const doors = [deferred(), deferred(), deferred(), deferred()];
  const runs = doors.map((door, index) =>
    gate.run(async () => {
      order.push(index);
      await door.promise;
    }),
  );
  await expect(gate.run(async () => undefined)).rejects.toBeInstanceOf(GateFull);
  expect(order).toEqual([0, 1]);
  doors[1]?.resolve();
  await runs[1];
  await Promise.resolve();
  expect(order).toEqual([0, 1, 2]);
  for (const door of doors) door.resolve();
  await Promise.all(runs);
  expect(order).toEqual([0, 1, 2, 3]);
});

test("a place is free again after work that fails", async () => {
  const gate = createGate({ inside: 1, waiting: 0 });
  await expect(gate.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(gate.run(async () => "in")).resolves.toBe("in");
});
