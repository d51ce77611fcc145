import fc from "fast-check";
import { expect, test } from "vitest";
import { UUID7, uuid7 } from "./uuid7.ts";

test("the example of RFC 9562 appendix A.6", () => {
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  expect(uuid7(0x017f22e279b0, random)).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
});

test("any time and any bytes give a version 7 id that holds the time", () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 16 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), bytes, (ms, random) => {
      const id = uuid7(ms, random);
      expect(id).toMatch(UUID7);
      expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(ms);
    }),
  );
});

test("sorts by time", () => {
  const random = new Uint8Array(10).fill(255);
  expect(uuid7(1_000, random) < uuid7(1_001, new Uint8Array(10))).toBe(true);
});

test("refuses a time or a number of bytes that it can't hold", () => {
  expect(() => uuid7(2 ** 48, new Uint8Array(10))).toThrow(RangeError);
  expect(() => uuid7(-1, new Uint8Array(10))).toThrow(RangeError);
  expect(() => uuid7(1.5, new Uint8Array(10))).toThrow(RangeError);
  expect(() => uuid7(0, new Uint8Array(9))).toThrow(RangeError);
});
