import { expect, type Page } from "@playwright/test";
import {
  caseComes,
  decide,
  enter,
  fillDecision,
  nextStep,
  reveal,
  sealAll,
  sealCandidate,
} from "../support/bench-keys.ts";
import { evidence } from "../support/evidence.ts";
import { journey } from "../support/journey.ts";
import type { Place } from "../support/place.ts";
import { SIMILARITIES } from "../support/upstream.ts";

/** A case with one candidate, ahead of everything else that waits. */
async function sendOne(place: Place, externalId: string): Promise<string> {
  const files = await evidence();
  return place.send({
    externalId,
    priority: "urgent",
    candidates: [
      {
        similarity: SIMILARITIES[0],
        evidence: [{ ref: "c1-id", kind: "id_photo", file: files.sameId }],
      },
    ],
  });
}

async function settledAs(place: Place, caseId: string, outcome: string): Promise<void> {
  await expect
    .poll(() => place.upstream(caseId), { timeout: 20_000 })
    .toEqual({ stage: "settled", outcome });
}

async function permit(page: Page): Promise<void> {
  await caseComes(page);
  await sealCandidate(page, 7);
  await reveal(page);
  await page.keyboard.press("2");
  await enter(page, "What is missing?");
  await expect(page.getByText("Say why the further account is permitted.")).toBeVisible();
  await page.keyboard.press("6");
  // Enter leads to the field that lacks something.
  await enter(page, "What is missing?");
  await expect(page.getByLabel("Holds until")).toBeFocused();
  await page.keyboard.type(`0101${new Date().getFullYear() + 1}`);
  await page.keyboard.press("Escape");
  await enter(page, "What is missing?");
  await expect(page.getByLabel("Note on the legitimate need")).toBeFocused();
  await page.keyboard.type("A registered bakery.");
  await page.keyboard.press("Escape");
  await decide(page, "Permitted second account");
}

journey("a permitted second account needs its exemption and a second person", async ({ place }) => {
  const caseId = await sendOne(place, "ver_permitted");
  const first = await place.sit("reviewer-1");
  await permit(first);
  await expect(
    first.getByRole("heading", { name: "What is left needs somebody else" }),
  ).toBeVisible();
  expect(await place.upstream(caseId)).toEqual({ stage: "in_review", outcome: null });
  const second = await place.sit("reviewer-2");
  await permit(second);
  await settledAs(place, caseId, "permitted_second_account");
});

/** Can't tell: says what is missing, by keyboard alone. */
async function sealUnresolved(page: Page): Promise<void> {
  await caseComes(page);
  await page.keyboard.press("4");
  await expect(page.getByText("Arrows and Space choose what is missing")).toBeVisible();
  await enter(page, "Say what is missing");
  // The key of the rating leads there already; so does Enter.
  const reason = page.getByRole("button", { name: "A photo is unclear" });
  await expect(reason).toBeFocused();
  await page.keyboard.press("Space");
  await expect(reason).toHaveAttribute("aria-pressed", "true");
  await reason.evaluate((element) => (element instanceof HTMLElement ? element.blur() : undefined));
  await enter(page, "Seal");
  await reveal(page);
}

journey("inconclusive: upstream is asked for a new capture", async ({ place }) => {
  const caseId = await sendOne(place, "ver_capture");
  const page = await place.sit("reviewer-1");
  await sealUnresolved(page);
  await fillDecision(page, { outcome: 4 });
  await enter(page, "What is missing?");
  await page.keyboard.press("w");
  await expect(nextStep(page)).toContainText("Inconclusive");
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  await expect.poll(() => place.upstream(caseId)).toMatchObject({ stage: "awaiting_capture" });
});

journey(
  "inconclusive: a lead answers the question, blind to it before the reveal",
  async ({ place }) => {
    const caseId = await sendOne(place, "ver_question");
    const page = await place.sit("reviewer-1");
    await sealUnresolved(page);
    // The key chooses the outcome, too.
    await page.keyboard.press("o");
    await expect(page.getByLabel("Question for the lead")).toBeFocused();
    await page.keyboard.type("Is the mole a stain?");
    await page.keyboard.press("Escape");
    await page.keyboard.press("6");
    await decide(page, "Inconclusive");
    await expect(
      page.getByRole("heading", { name: /needs somebody else|Nothing is waiting/ }),
    ).toBeVisible();

    const lead = await place.sit("lead-1");
    const bodies: Promise<string>[] = [];
    lead.on("response", (response) => {
      // What is told live has no end, and blindness.spec.ts reads its messages.
      if (!new URL(response.url()).pathname.startsWith("/live/"))
        bodies.push(response.text().catch(() => ""));
    });
    await caseComes(lead);
    await sealCandidate(lead, 1);
    expect((await Promise.all(bodies)).join("\n")).not.toContain("mole a stain");
    await expect(lead.getByText("mole a stain")).toHaveCount(0);
    await reveal(lead);
    await expect(lead.getByRole("heading", { name: "What was decided before" })).toBeVisible();
    await expect(lead.getByText("Asks: Is the mole a stain?")).toBeVisible();
    await fillDecision(lead, { outcome: 3 });
    await decide(lead, "Distinct people");
    await settledAs(place, caseId, "distinct");
  },
);

journey("rounds that disagree go to a lead, who may confirm one of them", async ({ place }) => {
  const caseId = await sendOne(place, "ver_disagree");
  const first = await place.sit("reviewer-1");
  await caseComes(first);
  await sealCandidate(first, 7);
  await reveal(first);
  await fillDecision(first, { outcome: 1 });
  await enter(first, "What is missing?");
  await expect(first.getByLabel("Rationale")).toBeFocused();
  await first.keyboard.type("One and the same.");
  await first.keyboard.press("Escape");
  await decide(first, "Duplicate");

  const second = await place.sit("reviewer-2");
  await caseComes(second);
  await sealCandidate(second, 1);
  await reveal(second);
  await expect(second.getByText("One and the same.")).toHaveCount(0);
  await fillDecision(second, { outcome: 3 });
  await decide(second, "Distinct people");

  const lead = await place.sit("lead-2");
  await caseComes(lead);
  await expect(lead.getByText("One and the same.")).toHaveCount(0);
  await sealCandidate(lead, 6);
  await reveal(lead);
  await expect(lead.getByText("One and the same.")).toBeVisible();
  await fillDecision(lead, { outcome: 1, rationale: "The first is right." });
  await decide(lead, "Duplicate");
  await settledAs(place, caseId, "duplicate");
});

journey(
  "a finding may not contradict the rating; an amendment stands beside the seal",
  async ({ place }) => {
    await sendOne(place, "ver_amend");
    const page = await place.sit("reviewer-3");
    await caseComes(page);
    await sealAll(page, [6]);
    await reveal(page);
    await fillDecision(page, { outcome: 3 });
    await enter(page, "What is missing?");
    await expect(
      page.getByText("“Distinct people” needs every candidate found different."),
    ).toBeVisible();
    await page.keyboard.press("s");
    await page.keyboard.press("2");
    await enter(page, "Record the amendment");
    await expect(page.getByRole("cell", { name: "+2 → −2" })).toBeVisible();
    await decide(page, "Distinct people");
    await expect(page.getByText("Decided: Distinct people", { exact: true })).toHaveCount(0);
  },
);
