import { caseShown, release } from "../support/bench-keys.ts";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { expect, test } from "../support/test.ts";
import { SIMILARITIES, sendCase } from "../support/upstream.ts";
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
