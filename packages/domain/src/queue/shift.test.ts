import { expect, test } from "vitest";
import { shiftState } from "./shift.ts";

const NOW = 1_000_000_000;
const MINUTE = 60_000;
const held = { heldSince: NOW - 10 * MINUTE, lastActive: null, measured: true, paused: false };

test.each([
  ["active", { lastActive: NOW - 2 * MINUTE }],
  ["idle", { lastActive: NOW - 3 * MINUTE }],
  ["idle", {}],
  ["working", { heldSince: NOW - MINUTE }],
  ["working", { measured: false, lastActive: NOW }],
  ["free", { heldSince: null, lastActive: NOW }],
  ["paused", { heldSince: null, paused: true }],
  // Who opened a case again has no pause any more, whatever the session says.
  ["active", { paused: true, lastActive: NOW }],
] as const)("is %s with %o", (state, change) => {
  expect(shiftState({ ...held, now: NOW, ...change })).toBe(state);
});
