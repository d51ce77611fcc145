import {
  caseShown,
  decide,
  enter,
  fillDecision,
  nextStep,
  reveal,
  sealCandidate,
} from "../support/bench-keys.ts";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { look } from "../support/look.ts";
import { expect, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  product = await startProduct();
  database = await openDatabase(product);
  await database.changePolicy({ minimumViewSeconds: 0, undoSeconds: 120 });
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

for (const theme of ["dark", "light"] as const) {
  test(`the workbench has no fault in any of its states, ${theme}`, async ({ seat }) => {
    test.setTimeout(180_000);
    const handle = theme === "dark" ? "reviewer-1" : "reviewer-2";
    await sendCase(product, { externalId: `ver_axe_${theme}` });
    const { page } = await seat(product, handle, { path: null, theme, covered: true });
    await page.goto("/");
    await expect(page.getByRole("button", { name: handle })).toBeVisible();
    await look(page, "sign-in");
    await page.getByRole("button", { name: handle }).click();
    await caseShown(page);
    await look(page, "covered");
    await page.keyboard.press("b");
    await page.keyboard.press("4");
    await look(page, "can't tell");
    await page.keyboard.press("6");
    await page.keyboard.press("z");
    await look(page, "rated");
    await page.keyboard.press("Shift+T");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+W");
    await look(page, "wiped, with tones");
    await page.keyboard.press("i");
    await look(page, "points to be clicked");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+T");
    await page.keyboard.press("a");
    await expect(page.getByText(/frame 1 of/)).toBeVisible();
    await look(page, "a clip");
    await page.keyboard.press("a");

    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await look(page, "keys");
    await page.keyboard.press("c");
    await expect(page.getByRole("dialog", { name: "Change keys" })).toBeVisible();
    await look(page, "keys to be changed");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("/");
    await expect(page.getByRole("option").first()).toBeVisible();
    await look(page, "palette");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Shift+U");
    await expect(page.getByText("You have decided nothing yet.")).toBeVisible();
    await look(page, "no mistake to report");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("l");
    await expect(page.getByRole("dialog", { name: "Release this case" })).toBeVisible();
    await look(page, "release");
    await page.keyboard.press("2");
    await expect(page.getByRole("dialog", { name: "Snooze this case" })).toBeVisible();
    await look(page, "snooze");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);

    await sealCandidate(page, 6);
    await expect(page.getByRole("region", { name: "Details of both sides" })).toBeVisible();
    await page.keyboard.press("Shift+Y");
    await expect(page.getByRole("button", { name: /^hide/ })).toBeVisible();
    await look(page, "sealed, a masked detail shown");
    await enter(page, "Next candidate");
    await sealCandidate(page, 1);
    await reveal(page);
    await look(page, "revealed");
    await page.keyboard.press("s");
    await look(page, "amending");
    await page.keyboard.press("s");
    await page.keyboard.press("2");
    await look(page, "exemption");
    await page.keyboard.press("4");
    await page.keyboard.press("o");
    await look(page, "question for a lead");
    // The question has the focus; Esc goes back to the keys.
    await page.keyboard.press("Escape");
    await fillDecision(page, { outcome: 1, rationale: "Because." });
    await enter(page, "Decide “Duplicate”");
    await expect(nextStep(page)).toContainText("press again");
    await look(page, "armed");

    await database.expireLease(handle);
    await page.keyboard.press("Enter");
    await expect(page.getByText("Your lease on this case is gone.")).toBeVisible();
    await look(page, "lease lost");
    await page.keyboard.press("r");
    await expect(page.getByText("Your lease on this case is gone.")).toBeHidden();
    await caseShown(page);

    await decide(page, "Duplicate");
    await expect(page.getByText("Decided: Duplicate", { exact: true })).toBeVisible();
    await look(page, "empty, with the way back");
    await page.getByRole("link", { name: "Me", exact: true }).click();
    await expect(page.getByRole("button", { name: "Undo u" })).toBeVisible();
    await look(page, "another screen, with the way back");
    await page.keyboard.press("u");
    await caseShown(page);
    await page.keyboard.press("p");
    await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
    await look(page, "paused");
  });

  test(`the other screens have no fault, ${theme}`, async ({ seat }) => {
    test.setTimeout(240_000);
    const caseId = await sendCase(product, { externalId: `ver_axe_screens_${theme}` });
    const { page } = await seat(product, "lead-1", { path: "/queue", theme });
    await expect(page.getByRole("table", { name: "What waits" })).toBeVisible();
    await look(page, "queue");
    await page.locator("header").getByRole("button").click();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    await look(page, "account menu");
    await page.goto("/queue?region=DE");
    await expect(page.getByText("Nothing waits in DE.")).toBeVisible();
    await look(page, "empty queue");
    await page.goto("/cases");
    await expect(page.getByRole("search")).toBeVisible();
    await look(page, "cases, not asked");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByRole("table", { name: "Cases found" })).toBeVisible();
    await look(page, "cases");
    await page.goto("/cases?asked=1&id=nothing-such");
    await expect(page.getByText("No case fits.")).toBeVisible();
    await look(page, "no case found");
    await page.goto(`/cases/${caseId}`);
    await expect(page.getByRole("button", { name: "Open the page" })).toBeVisible();
    await look(page, "gate of a case page");
    await page.getByRole("button", { name: "Open the page" }).click();
    await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();
    await look(page, "case page");
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
    await look(page, "not found");

    const reviewer = await seat(product, "reviewer-3", { path: "/queue", theme });
    await expect(
      reviewer.page.getByRole("heading", { name: "This page is not yours to open" }),
    ).toBeVisible();
    await look(reviewer.page, "forbidden");
    const admin = await seat(product, "admin-1", { path: "/keys", theme });
    await expect(admin.page.getByRole("table", { name: "Ingest keys" })).toBeVisible();
    await look(admin.page, "ingest keys");
    await admin.page.getByLabel("Source").fill("Not A Name");
    await admin.page.keyboard.press("Enter");
    await expect(admin.page.getByText(/^Up to 64 small letters/)).toBeVisible();
    await look(admin.page, "a key's fault");
    await admin.page.getByLabel("Source").fill(`axe-${theme}`);
    await admin.page.keyboard.press("Enter");
    await expect(admin.page.getByRole("heading", { name: /^The new key of/ })).toBeVisible();
    await look(admin.page, "a new key");
    await admin.page.getByRole("button", { name: `Revoke axe-${theme} of axe-${theme}` }).click();
    await expect(admin.page.getByRole("dialog", { name: "Revoke this key?" })).toBeVisible();
    await look(admin.page, "revoke a key");

    const failing = await seat(product, "lead-2", { path: "/cases", theme });
    failing.noise.allow(/status of 500|ERR_FAILED/);
    await failing.page.route("**/trpc/cases.search*", (route) =>
      route.fulfill({ status: 500, contentType: "application/json", body: "{}" }),
    );
    await failing.page.getByRole("button", { name: "Search" }).click();
    await expect(
      failing.page.getByRole("heading", { name: "This could not be fetched" }),
    ).toBeVisible();
    await look(failing.page, "error");
    await failing.page.goto("/link?token=used");
    await expect(failing.page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await look(failing.page, "one-time link");
  });
}
