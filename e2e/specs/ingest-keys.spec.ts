import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { caseShown } from "../support/bench-keys.ts";
import { expect, test } from "../support/test.ts";
import { sendCase, upstreamView } from "../support/upstream.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(async () => {
  await product.stop();
});

test("an administrator makes a key by keyboard, sees it once, and revokes it", async ({ seat }) => {
  const { page } = await seat(product, "admin-1", { path: "/keys" });
  const keys = page.getByRole("table", { name: "Ingest keys" });
  // The demo's own.
  await expect(keys.getByRole("row")).toHaveCount(2);
  await page.getByLabel("Source").focus();
  await page.keyboard.type("marketplace-vn");
  await page.keyboard.press("Tab");
  await page.keyboard.type("nightly");
  await page.keyboard.press("Enter");
  const shown = page.getByRole("region", { name: "The new key of marketplace-vn" });
  await expect(shown).toBeFocused();
  const key = await shown.locator("code").innerText();
  expect(key).toMatch(/^slk_[\w-]{32}$/);
  await expect(keys.getByRole("row", { name: /marketplace-vn/ })).toContainText("never");

  const own = { ...product, ingestKey: key };
  const caseId = await sendCase(own, { externalId: "ver_keys" });
  expect(await upstreamView(own, caseId)).toMatchObject({ stage: "in_review" });

  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(shown).toHaveCount(0);
  await page.reload();
  await expect(keys).toBeVisible();
  expect(await page.content()).not.toContain(key);
  const row = keys.getByRole("row", { name: /marketplace-vn/ });
  await expect(row).not.toContainText("never");

  await row.getByRole("button", { name: "Revoke nightly of marketplace-vn" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Revoke this key?" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect(await upstreamView(own, caseId)).toMatchObject({ stage: "in_review" });
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Revoke the key" }).focus();
  await page.keyboard.press("Enter");
  await expect(row).toContainText("revoked");
  await expect(row.getByRole("button")).toHaveCount(0);
  await expect(upstreamView(own, caseId)).rejects.toThrow("401");
});

test("news from upstream ends the work on a case with a sentence, and the case begins again", async ({
  seat,
}) => {
  const caseId = await sendCase(product, { externalId: "ver_news", priority: "urgent" });
  const { page } = await seat(product, "reviewer-1", { path: "/review" });
  await caseShown(page);
  const response = await fetch(`${product.url}/v1/cases/${caseId}/withdrawal`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${product.ingestKey}`,
      "content-type": "application/json",
      "idempotency-key": "one",
    },
    body: JSON.stringify({ by: "person", reason: "consent_withdrawn" }),
  });
  expect(response.status).toBe(201);
  await page.keyboard.press("6");
  await page.keyboard.press("Enter");
  await expect(
    page.getByText("The case was withdrawn, so there is nothing more to decide."),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: "Take it again (r)" })).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The case was withdrawn")).toHaveCount(0);
});
