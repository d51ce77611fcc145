import { expect } from "@playwright/test";
import {
  caseComes,
  decide,
  draftKept,
  enter,
  fillDecision,
  reveal,
  seal,
  sealAll,
} from "../support/bench-keys.ts";
import { evidence } from "../support/evidence.ts";
import { journey } from "../support/journey.ts";

const LOST = "Your lease on this case is gone.";
const RATIONALE = "The same scar over the left brow.";

journey("a case is compared, decided, and confirmed by somebody else", async ({ place }) => {
  const caseId = await place.send({ externalId: "ver_review", priority: "urgent" });
  expect(await place.upstream(caseId)).toEqual({ stage: "in_review", outcome: null });
  for (const handle of ["reviewer-1", "reviewer-2"]) {
    const page = await place.sit(handle);
    await caseComes(page);
    await expect(page.getByRole("region", { name: "Details of both sides" })).toHaveCount(0);
    await sealAll(page, [7, 1]);
    await expect(page.getByRole("region", { name: "Details of both sides" })).toBeVisible();
    await reveal(page);
    await fillDecision(page, { outcome: 1, rationale: RATIONALE });
    await decide(page, "Duplicate");
    await expect(page.getByRole("heading", { name: /waiting|left|worked/ })).toBeVisible();
  }
  await expect
    .poll(() => place.upstream(caseId), { timeout: 20_000 })
    .toEqual({ stage: "settled", outcome: "duplicate" });
});

journey(
  "a lost lease is told, and taking the case again brings the draft back",
  async ({ place }) => {
    await place.send({ externalId: "ver_lost", priority: "urgent" });
    const page = await place.sit("reviewer-3");
    await caseComes(page);
    await sealAll(page, [7, 1]);
    await reveal(page);
    await fillDecision(page, { outcome: 1, rationale: "Half a thought" });
    await draftKept(page);
    await place.endLease("reviewer-3");
    await expect(page.getByText(LOST)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("Nothing you filled in is lost.")).toBeVisible();
    await page.keyboard.press("r");
    await expect(page.getByText(LOST)).toBeHidden();
    await expect(page.getByLabel("Rationale")).toHaveValue("Half a thought");
  },
);

journey(
  "what is missing or broken is explained; one key asks for a new capture",
  async ({ place }) => {
    const files = await evidence();
    const caseId = await place.send({
      externalId: "ver_broken",
      priority: "urgent",
      evidence: [{ ref: "clip", kind: "face_clip", file: files.brokenClip }],
      candidates: [{ similarity: 91.5 }],
    });
    const page = await place.sit("senior-1");
    await caseComes(page);
    await expect(page.getByText("This file can’t be decoded")).toBeVisible();
    await expect(page.getByText("Nothing was sent for this side")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Ask for a new capture/ })).toHaveCount(2);
    await page.keyboard.press("w");
    for (const name of ["Evidence is broken", "Evidence is missing"])
      await expect(page.getByRole("button", { name })).toHaveAttribute("aria-pressed", "true");
    await seal(page);
    await reveal(page);
    await enter(page, "Decide “Inconclusive”");
    await expect.poll(() => place.upstream(caseId)).toMatchObject({ stage: "awaiting_capture" });
  },
);

journey("a case without candidates is decided by the probe alone", async ({ place }) => {
  await place.send({ externalId: "ver_alone", priority: "urgent", candidates: [] });
  const page = await place.sit("lead-1");
  await caseComes(page);
  await expect(page.getByText("No candidate to compare with")).toBeVisible();
  await reveal(page, "Go on to the outcome");
  await page.keyboard.press("1");
  await page.keyboard.press("6");
  await enter(page, "What is missing?");
  await expect(
    page.getByText("This case has no candidate, so it can't be decided as"),
  ).toBeVisible();
  await page.keyboard.press("3");
  await page.keyboard.press("9");
  await decide(page, "Distinct people");
  await expect(page.getByText("Decided: Distinct people", { exact: true })).toHaveCount(0);
});
