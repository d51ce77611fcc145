import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extendedUntil, holds, type Lease, passFor, RELEASE_REASONS } from "./lease.ts";

const leaseArbitrary: fc.Arbitrary<Lease> = fc.record({
  holder: fc.constantFrom("usr_a", "usr_b"),
  kind: fc.constantFrom("active", "reserved"),
  fence: fc.integer({ min: 1, max: 3 }),
  until: fc.integer({ min: 0, max: 1_000 }),
  hardUntil: fc.option(fc.integer({ min: 0, max: 1_000 })),
});

describe("a write stands", () => {
  test("only by the holder, under the newest number, before the lease ends", () => {
    fc.assert(
      fc.property(
        fc.option(leaseArbitrary, { nil: undefined }),
        fc.record({
          holder: fc.constantFrom("usr_a", "usr_b"),
          fence: fc.integer({ min: 1, max: 3 }),
        }),
        fc.integer({ min: 0, max: 1_000 }),
        (lease, by, now) => {
          const stands =
            lease?.holder === by.holder && lease.fence === by.fence && now < lease.until;
          expect(holds(lease, by, now)).toBe(stands);
        },
      ),
    );
  });

  test("not at the very moment at which the lease ends, when another may claim", () => {
    const lease: Lease = { holder: "usr_a", kind: "active", fence: 1, until: 100, hardUntil: null };
    expect(holds(lease, lease, 99)).toBe(true);
    expect(holds(lease, lease, 100)).toBe(false);
  });
});

test("no heartbeat carries a lease past its hard end, or further than a lease", () => {
  fc.assert(
    fc.property(
      leaseArbitrary,
      fc.nat(1_000_000),
      fc.integer({ min: 30, max: 900 }),
      (lease, now, s) => {
        const until = extendedUntil(lease, now, s);
        expect(until).toBeLessThanOrEqual(lease.hardUntil ?? Infinity);
        expect(until).toBeLessThanOrEqual(now + s * 1000);
        if (lease.hardUntil === null) expect(until).toBe(now + s * 1000);
      },
    ),
  );
});

test("what was skipped comes back; what one can't or would rather not judge does not", () => {
  expect(RELEASE_REASONS.map((reason) => [reason, passFor(reason)?.minutes])).toEqual([
    ["skip", 30],
    ["snooze", undefined],
    ["language", null],
    ["conflict_of_interest", undefined],
    ["distressing", null],
  ]);
});
