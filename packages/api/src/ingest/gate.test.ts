import { expect, test } from "vitest";
import { createGate, GateFull } from "./gate.ts";

const WIDE = { inside: 99, waiting: 99 };

/** Comes with somebody of this source who stays inside until let out. */
function visits(gate: ReturnType<typeof createGate>) {
  const inside: string[] = [];
  return {
    inside,
    come: (source: string, name = source): { readonly leave: () => Promise<void> } => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const visit = gate.run(source, async () => {
        inside.push(name);
        await promise;
        inside.splice(inside.indexOf(name), 1);
      });
      return {
        async leave() {
          resolve();
          await visit;
          await Promise.resolve();
        },
      };
    },
  };
}

test("no more than the limit are inside, the rest come in order, and too many are turned away", async () => {
  const gate = createGate({ all: { inside: 2, waiting: 2 }, each: WIDE });
  const { inside, come } = visits(gate);
  const [, two] = ["1", "2", "3", "4"].map((name) => come("source", name));
  await expect(gate.run("source", async () => undefined)).rejects.toBeInstanceOf(GateFull);
  expect(inside).toEqual(["1", "2"]);
  await two?.leave();
  expect(inside).toEqual(["1", "3"]);
});

test("one source fills neither the places nor the queue, whatever it sends", async () => {
  const gate = createGate({ all: { inside: 4, waiting: 32 }, each: { inside: 2, waiting: 8 } });
  const { inside, come } = visits(gate);
  for (let sent = 0; sent < 10; sent += 1) come("slow");
  await expect(gate.run("slow", async () => undefined)).rejects.toBeInstanceOf(GateFull);
  expect(inside).toEqual(["slow", "slow"]);
  await expect(gate.run("other", async () => "in")).resolves.toBe("in");
});

test("a place goes to the first who may have it, past those whose source has its share", async () => {
  const gate = createGate({ all: { inside: 3, waiting: 9 }, each: { inside: 2, waiting: 9 } });
  const { inside, come } = visits(gate);
  const a1 = come("a", "a1");
  come("a", "a2");
  const b1 = come("b", "b1");
  come("a", "a3");
  come("c", "c1");
  await b1.leave();
  expect(inside).toEqual(["a1", "a2", "c1"]);
  await a1.leave();
  expect(inside).toEqual(["a2", "c1", "a3"]);
});

test("a place is free again after work that fails", async () => {
  const gate = createGate({ all: { inside: 1, waiting: 0 }, each: WIDE });
  await expect(gate.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(gate.run("a", async () => "in")).resolves.toBe("in");
});
