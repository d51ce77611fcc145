import { shareOf } from "@secondlook/domain/insights/share";
import { expect, it } from "vitest";
import { csvOf } from "../charts/csv-of.ts";
import { whatIfTable } from "./what-if-table.ts";

const ASKED = {
  from: "2026-11-01",
  to: "2026-11-22",
  region: "VN",
  model: { provider: "=HYPERLINK(1)", version: "7.0" },
  threshold: 97,
  precision: 0.02,
};

function file(missed: readonly [number, number], hours: { stay: number; reviewed: number } | null) {
  return csvOf(
    whatIfTable(ASKED, {
      cases: { reviewed: 12_345, stay: 9_000, undisclosed: 3 },
      missed: shareOf(...missed),
      hours,
      sample: { precision: 0.02, anyShare: 2_401, ifNone: 149 },
      unknown: "Cases under 95 never came here, so nobody knows.",
    }),
  ).split("\r\n");
}

it("a what-if goes along as it is shown, numbers as numbers and nothing as a formula", () => {
  expect(file([14, 100], { stay: 150, reviewed: 200 })).toEqual([
    "What,Value,Of,Share,95 % interval",
    "Days,2026-11-01 to 2026-11-22,,,",
    "Model version,'=HYPERLINK(1) 7.0,,,",
    "Region,VN,,,",
    "Threshold,97,,,",
    "Cases that would still have come,9000,12345,,",
    "Of these without a score,3,,,",
    "Confirmed duplicates missed,14,100,14.0 %,8.5–22.1 %",
    "Hours of work,150,200,,",
    '"Cases of a sample, to within 2.0 %",2401,,,',
    'What can’t be known,"Cases under 95 never came here, so nobody knows.",,,',
    "",
  ]);
});

it("a small count held back on the page is held back in the file", () => {
  const lines = file([1, 29], null);
  expect(lines).toContain("Confirmed duplicates missed,fewer than 30,,,");
  expect(lines).toContain("Hours of work,not known,,,");
});
