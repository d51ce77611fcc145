import { openDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { caseShown, sealCandidate } from "../support/bench-keys.ts";
import { expect, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  const database = await openDatabase(product);
  await database.changePolicy({ minimumViewSeconds: 0 });
  await database.close();
});
test.afterAll(async () => {
  await product.stop();
});

test("a lead is told live who takes which case and lets it go", async ({ seat }) => {
  const lead = await seat(product, "lead-1", { path: "/queue" });
  const people = lead.page.getByRole("region", { name: /^On shift/ });
  await expect(people).toBeVisible();
  const caseId = await sendCase(product, { externalId: "ver_live" });
  const { page } = await seat(product, "reviewer-3", { path: "/review" });
  await caseShown(page);
  await expect(people.getByRole("row", { name: /Reviewer/ })).toContainText(caseId);
  await sealCandidate(page, 2);
  await page.keyboard.press("p");
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  await expect(people.getByText(caseId)).toHaveCount(0);
});
