import type { Page } from "@playwright/test";
import {
  caseShown,
  decide,
  enter,
  fillDecision,
  nextStep,
  release,
  reveal,
  sealAll,
  sealCandidate,
} from "../support/bench-keys.ts";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { expect, test } from "../support/test.ts";
import { SIMILARITIES, sendCase, upstreamView } from "../support/upstream.ts";
import { evidence } from "../support/evidence.ts";

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  product = await startProduct();
  database = await openDatabase(product);
  await database.changePolicy({ minimumViewSeconds: 0, undoSeconds: 0 });
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

/** A case with one candidate, ahead of everything else that waits. */
async function sendOne(externalId: string): Promise<string> {
  const files = await evidence();
  return sendCase(product, {
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

async function settledAs(caseId: string, outcome: string): Promise<void> {
  await expect
    .poll(() => upstreamView(product, caseId), { timeout: 20_000 })
    .toEqual({ stage: "settled", outcome });
}

async function permit(page: Page): Promise<void> {
  await caseShown(page);
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
  await decide(page, "Permitted second account");
}

test("a permitted second account needs its exemption and a second person", async ({ seat }) => {
  const caseId = await sendOne("ver_permitted");
  const first = await seat(product, "reviewer-1", { path: "/review" });
  await permit(first.page);
  await expect(
    first.page.getByRole("heading", { name: "What is left needs somebody else" }),
  ).toBeVisible();
  expect(await upstreamView(product, caseId)).toEqual({ stage: "in_review", outcome: null });
  const second = await seat(product, "reviewer-2", { path: "/review" });
  await permit(second.page);
  await settledAs(caseId, "permitted_second_account");
});

/** Can't tell: says what is missing, by keyboard alone. */
async function sealUnresolved(page: Page): Promise<void> {
  await caseShown(page);
  await page.keyboard.press("4");
  await enter(page, "Say what is missing");
  const reason = page.getByRole("button", { name: "A photo is unclear" });
  for (let presses = 0; presses < 40; presses += 1) {
    if (await reason.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Space");
  await expect(reason).toHaveAttribute("aria-pressed", "true");
  await reason.evaluate((element) => (element instanceof HTMLElement ? element.blur() : undefined));
  await enter(page, "Seal");
  await reveal(page);
  await fillDecision(page, { outcome: 4 });
}

test("inconclusive: upstream is asked for a new capture", async ({ seat }) => {
  const caseId = await sendOne("ver_capture");
  const { page } = await seat(product, "reviewer-1", { path: "/review" });
  await sealUnresolved(page);
  await enter(page, "What is missing?");
  await page.keyboard.press("w");
  await expect(nextStep(page)).toContainText("Inconclusive");
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  await expect
    .poll(() => upstreamView(product, caseId))
    .toMatchObject({ stage: "awaiting_capture" });
});

test("inconclusive: a lead answers the question, blind to it before the reveal", async ({
  seat,
}) => {
  const caseId = await sendOne("ver_question");
  const { page } = await seat(product, "reviewer-1", { path: "/review" });
  await sealUnresolved(page);
  await page.keyboard.press("o");
  await enter(page, "What is missing?");
  await expect(page.getByLabel("Question for the lead")).toBeFocused();
  await page.keyboard.type("Is the mole a stain?");
  await page.keyboard.press("Escape");
  await decide(page, "Inconclusive");
  await expect(
    page.getByRole("heading", { name: /needs somebody else|Nothing is waiting/ }),
  ).toBeVisible();

  const lead = await seat(product, "lead-1", { path: "/review" });
  const bodies: Promise<string>[] = [];
  lead.page.on("response", (response) => bodies.push(response.text().catch(() => "")));
  await caseShown(lead.page);
  await sealCandidate(lead.page, 1);
  expect((await Promise.all(bodies)).join("\n")).not.toContain("mole a stain");
  await expect(lead.page.getByText("mole a stain")).toHaveCount(0);
  await reveal(lead.page);
  await expect(lead.page.getByRole("heading", { name: "What was decided before" })).toBeVisible();
  await expect(lead.page.getByText("Asks: Is the mole a stain?")).toBeVisible();
  await fillDecision(lead.page, { outcome: 3 });
  await decide(lead.page, "Distinct people");
  await settledAs(caseId, "distinct");
});

test("rounds that disagree go to a lead, who may confirm one of them", async ({ seat }) => {
  const caseId = await sendOne("ver_disagree");
  const first = await seat(product, "reviewer-1", { path: "/review" });
  await caseShown(first.page);
  await sealCandidate(first.page, 7);
  await reveal(first.page);
  await fillDecision(first.page, { outcome: 1 });
  await enter(first.page, "What is missing?");
  await expect(first.page.getByLabel("Rationale")).toBeFocused();
  await first.page.keyboard.type("One and the same.");
  await first.page.keyboard.press("Escape");
  await decide(first.page, "Duplicate");

  const second = await seat(product, "reviewer-2", { path: "/review" });
  await caseShown(second.page);
  await sealCandidate(second.page, 1);
  await reveal(second.page);
  await expect(second.page.getByText("One and the same.")).toHaveCount(0);
  await fillDecision(second.page, { outcome: 3 });
  await decide(second.page, "Distinct people");

  const lead = await seat(product, "lead-2", { path: "/review" });
  await caseShown(lead.page);
  await expect(lead.page.getByText("One and the same.")).toHaveCount(0);
  await sealCandidate(lead.page, 6);
  await reveal(lead.page);
  await expect(lead.page.getByText("One and the same.")).toBeVisible();
  await fillDecision(lead.page, { outcome: 1, rationale: "The first is right." });
  await decide(lead.page, "Duplicate");
  await settledAs(caseId, "duplicate");
});

test("a finding may not contradict the rating; an amendment stands beside the seal", async ({
  seat,
}) => {
  await sendOne("ver_amend");
  const { page } = await seat(product, "reviewer-3", { path: "/review" });
  await caseShown(page);
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
  await expect(page.getByRole("cell", { name: "+2 −2" })).toBeVisible();
  await decide(page, "Distinct people");
  await expect(page.getByText("Decided: Distinct people")).toHaveCount(0);
});

test("a case is given back with each reason, and a pause frees it", async ({ seat }) => {
  for (const [index, words] of [
    "skip",
    "snooze",
    "language",
    "conflict",
    "distressing",
  ].entries()) {
    await sendOne(`ver_release_${words}`);
    const { page } = await seat(product, "senior-1", { path: "/review" });
    await caseShown(page);
    await release(page, words === "snooze" ? [index + 1, 1] : [index + 1]);
    await expect(page.getByRole("heading", { name: "Review a possible duplicate" })).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/waiting|left|worked/);
  }
  const held = await database.rows(`select reason from app.skip order by reason`);
  expect(held.map((row) => row["reason"])).toEqual(["distressing", "language", "skip"]);

  const { page } = await seat(product, "reviewer-3", { path: "/review" });
  await caseShown(page);
  await page.keyboard.press("p");
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  expect(
    await database.rows(
      `select case_id from app.round where holder is not null and state = 'open' and claimable_at > now() and lease_kind is not null and fence > 0 and holder = (select id from app.staff where handle = 'reviewer-3')`,
    ),
  ).toEqual([]);
  await page.keyboard.press("Enter");
  await caseShown(page);
});
