import { expect, test } from "vitest";
import type { AttributesView } from "../../../lib/contract.ts";
import { detailsOf } from "./details.ts";

const view: AttributesView = {
  candidateId: null,
  probe: { fullName: "Mai Anh", payoutAccount: "CN-1", deviceId: "dev_1" },
  candidate: {},
  masked: [],
  sharedSignals: [],
  signalCounts: { payoutAccount: 3, deviceId: 1 },
};

test("what a probe alone shares with accounts that are not on the stage comes first", () => {
  const shown = detailsOf(view).map(({ field, shared }) => [field, shared]);
  expect(shown).toEqual([
    ["payoutAccount", true],
    ["fullName", false],
    ["deviceId", false],
  ]);
});

test("of a pair only what both share counts, however many accounts have the value", () => {
  const pair = detailsOf({ ...view, candidateId: "cnd_1", sharedSignals: ["deviceId"] });
  expect(pair.filter(({ shared }) => shared).map(({ field }) => field)).toEqual(["deviceId"]);
});

test("what upstream says is shared stands there though it sent neither value", () => {
  const told = detailsOf({ ...view, candidateId: "cnd_1", probe: {}, sharedSignals: ["phone"] });
  expect(told).toMatchObject([
    { field: "phone", shared: true, probe: undefined, candidate: undefined },
  ]);
});
