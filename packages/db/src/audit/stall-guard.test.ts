import { expect, test } from "vitest";
import type { LogStatus } from "./log-status.ts";
import { createStallGuard, type StallGuard } from "./stall-guard.ts";

function guardOver(read: () => Promise<number>): {
  guard: StallGuard;
  pass: (this: void, seconds: number) => void;
  readings: () => number;
  errors: unknown[];
} {
  let now = Date.parse("2026-01-02T03:04:05.000Z");
  let readings = 0;
  const errors: unknown[] = [];
  const guard = createStallGuard({
    status: {
      async read(): Promise<LogStatus> {
        readings += 1;
        return { size: 1, headAgeSeconds: 1, oldestUnsequencedSeconds: await read() };
      },
    },
    clock: () => new Date(now),
    stalledAfterSeconds: 60,
    onError: (error) => errors.push(error),
  });
  return {
    guard,
    errors,
    readings: () => readings,
    pass(seconds) {
      now += seconds * 1000;
    },
  };
}

test("reads stop when the oldest event has waited 61 s for its place, and go on by themselves", async () => {
  let waiting = 0;
  const { guard, pass } = guardOver(async () => waiting);
  expect(await guard.mayRead()).toBe(true);
  waiting = 60;
  pass(3);
  expect(await guard.mayRead()).toBe(true);
  waiting = 61;
  pass(3);
  expect(await guard.mayRead()).toBe(false);
  waiting = 0;
  pass(3);
  expect(await guard.mayRead()).toBe(true);
});

test("many callers cost one reading", async () => {
  const { guard, pass, readings } = guardOver(async () => 0);
  expect(await Promise.all(Array.from({ length: 50 }, () => guard.mayRead()))).not.toContain(false);
  pass(1.9);
  await guard.mayRead();
  expect(readings()).toBe(1);
  pass(0.1);
  await guard.mayRead();
  expect(readings()).toBe(2);
});

test("reads go on while the state is unknown for a short time, and stop when for long", async () => {
  let broken = false;
  const { guard, pass, errors } = guardOver(async () => {
    if (broken) throw new Error("no connection");
    return 0;
  });
  expect(await guard.mayRead()).toBe(true);
  broken = true;
  pass(60);
  expect(await guard.mayRead()).toBe(true);
  pass(1);
  expect(await guard.mayRead()).toBe(false);
  expect(errors).toHaveLength(2);
  broken = false;
  expect(await guard.mayRead()).toBe(true);
});

test("nothing is read before the log's state was known once", async () => {
  const { guard } = guardOver(async () => {
    throw new Error("no connection");
  });
  expect(await guard.mayRead()).toBe(false);
});
