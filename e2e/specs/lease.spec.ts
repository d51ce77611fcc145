import {
  caseShown,
  decide,
  draftKept,
  enter,
  release,
  fillDecision,
  nextStep,
  reveal,
  sealAll,
  sealCandidate,
} from "../support/bench-keys.ts";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { expect, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

const LOST = "Your lease on this case is gone.";

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  product = await startProduct();
  database = await openDatabase(product);
  await database.changePolicy({ minimumViewSeconds: 0, heartbeatSeconds: 5 });
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

test("a lost lease is told at once, and taking the case again brings the draft back", async ({
  seat,
}) => {
  await sendCase(product, { externalId: "ver_lost" });
  const { page } = await seat(product, "reviewer-1", { path: "/review" });
  await caseShown(page);
  await sealAll(page, [7, 1]);
  await reveal(page);
  await fillDecision(page, { outcome: 1, rationale: "Half a thought" });
  await draftKept(page);

  await test.step("without a key pressed, by the next heartbeat", async () => {
    await database.expireLease("reviewer-1");
    await expect(page.getByText(LOST)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("Nothing you filled in is lost.")).toBeVisible();
    await expect(page.getByRole("img")).toHaveCount(0);
  });
  await page.keyboard.press("r");
  await expect(page.getByText(LOST)).toBeHidden();
  await expect(page.getByLabel("Rationale")).toHaveValue("Half a thought");

  await test.step("at the next write", async () => {
    await enter(page, "Decide “Duplicate”");
    await expect(nextStep(page)).toContainText("press again");
    // The stroke comes before the server tells of the loss by itself.
    await database.expireLease("reviewer-1");
    await page.keyboard.press("Enter");
    await expect(page.getByText(LOST)).toBeVisible();
    await expect(page.getByText("Decided: Duplicate", { exact: true })).toHaveCount(0);
  });

  await test.step("after a reload the draft comes from the server", async () => {
    await page.keyboard.press("r");
    await expect(page.getByText(LOST)).toBeHidden();
    await page.reload();
    await expect(page.getByLabel("Rationale")).toHaveValue("Half a thought");
    await expect(page.getByText("2 of 2 sealed")).toBeVisible();
  });

  await test.step("what was typed just before a reload is kept too", async () => {
    await page.getByLabel("Rationale").fill("Half a thought, and the other half");
    await page.reload();
    await expect(page.getByLabel("Rationale")).toHaveValue("Half a thought, and the other half");
  });

  await test.step("another has it meanwhile", async () => {
    await database.expireLease("reviewer-1");
    const other = await seat(product, "reviewer-2", { path: "/review" });
    await caseShown(other.page);
    await expect(other.page.getByText("0 of 2 sealed")).toBeVisible();
    await expect(page.getByText("It is done, or another reviewer has it.")).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByRole("button", { name: "Take it again (r)" })).toHaveCount(0);
    await page.keyboard.press("Enter");
    await expect(
      page.getByRole("heading", { name: "Everything is being worked on" }),
    ).toBeVisible();
    await release(other.page, [1]);
    await expect(
      other.page.getByRole("heading", { name: "What is left comes back later" }),
    ).toBeVisible();
  });
});

test("two tabs of one person work on one case under one lease, and only the newer may write", async ({
  seat,
}) => {
  await sendCase(product, { externalId: "ver_tabs", priority: "urgent" });
  const { page, context } = await seat(product, "reviewer-3", { path: "/review" });
  await caseShown(page);
  await sealCandidate(page, 6);
  const tab = await context.newPage();
  await tab.goto("/review");
  await caseShown(tab);
  await expect(tab.getByText("1 of 2 sealed")).toBeVisible();
  await sealCandidate(tab, 1);
  await reveal(tab);
  // The older tab can still do nothing wrong: it seals nothing twice.
  await enter(page, "Next candidate");
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expect(async () => {
    const told =
      (await page.getByText(LOST).isVisible()) ||
      (await page.getByText("2 of 2 sealed").isVisible());
    expect(told).toBe(true);
  }).toPass();
  await tab.keyboard.press("p");
  await expect(tab.getByRole("heading", { name: "Paused" })).toBeVisible();
  await expect(page.getByText(LOST)).toBeVisible({ timeout: 30_000 });
});

test("an ended session leads to signing in and back to the draft", async ({ seat }) => {
  await sendCase(product, { externalId: "ver_session", priority: "urgent" });
  const { page, context, noise } = await seat(product, "senior-1", { path: "/review" });
  await caseShown(page);
  await sealAll(page, [7, 1]);
  await reveal(page);
  await fillDecision(page, { outcome: 1, rationale: "Kept over the night" });
  await draftKept(page);
  await database.endSessions("senior-1");
  await expect(page.getByText("Your session ended.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Kept over the night")).toHaveCount(0);
  await page.getByRole("button", { name: "senior-1" }).click();
  await expect(page).toHaveURL(/\/review$/);
  await expect(page.getByLabel("Rationale")).toHaveValue("Kept over the night");

  await test.step("a lost connection is told, and nothing is lost by it", async () => {
    noise.allow(/ERR_INTERNET_DISCONNECTED/);
    await context.setOffline(true);
    await page.keyboard.press("t");
    await page.keyboard.press("End");
    await page.keyboard.type(" and the outage");
    await page.keyboard.press("Escape");
    await expect(page.getByText("The connection is lost.")).toBeVisible();
    await decide(page, "Duplicate");
    await context.setOffline(false);
    await expect(page.getByText("The connection is lost.")).toBeHidden();
    await expect(page.getByText("Decided: Duplicate", { exact: true })).toBeVisible();
    await page.keyboard.press("u");
    await expect(page.getByLabel("Rationale")).toHaveValue("Kept over the night and the outage");
  });
});
