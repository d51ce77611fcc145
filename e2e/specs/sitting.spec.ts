import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { caseShown, reveal, sealCandidate } from "../support/bench-keys.ts";
import { expect, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  product = await startProduct();
  database = await openDatabase(product);
  await database.changePolicy({ minimumViewSeconds: 0 });
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

test("a case that comes in is told; after two quiet minutes the evidence is covered and has to be looked at again; after long sittings a break is offered, and put off", async ({
  seat,
}) => {
  const { page } = await seat(product, "reviewer-1", { path: "/review" });
  await test.step("what comes in while nothing waits is told, and taken by Enter", async () => {
    await expect(page.getByRole("heading", { name: "Nothing is waiting" })).toBeVisible();
    const caseId = await sendCase(product, {
      externalId: "ver_sitting",
      candidates: [{ similarity: 91 }],
    });
    await expect(page.getByRole("heading", { name: "New cases came in" })).toBeVisible();
    await page.keyboard.press("Enter");
    await caseShown(page);
    await expect(page.locator("header").getByText(caseId)).toBeVisible();
  });
  await page.clock.install();
  await page.reload();
  await caseShown(page);
  const seal = page.getByRole("button", { name: /^Seal/ });
  const covered = page.getByText(/uncovers this case/).first();

  await test.step("covered, and what was looked at before says nothing any more", async () => {
    await page.keyboard.press("6");
    await expect(seal).toBeVisible();
    await page.clock.fastForward("02:01");
    await expect(covered).toBeVisible();
    await expect(page.getByRole("button", { name: /^Look first/ })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByText(/You have not looked yet/).first()).toBeVisible();
    await page.keyboard.press("b");
    await expect(covered).toBeHidden();
    await expect(seal).toBeVisible();
  });

  await test.step("a break is offered after fifty minutes, and not again at once", async () => {
    const offer = page.getByText(/A few minutes away from the screen/);
    for (let minutes = 0; minutes < 52; minutes += 1) {
      await page.clock.fastForward("01:00");
      await page.keyboard.press("0");
    }
    await expect(offer).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(offer).toBeHidden();
    await page.clock.fastForward("01:00");
    await expect(offer).toBeHidden();
  });

  await test.step("in a low window what is to be chosen next comes into view", async () => {
    await sealCandidate(page, 2);
    await reveal(page);
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.keyboard.press("3");
    const last = page.getByRole("group", { name: "Why" }).getByRole("button").last();
    await expect(last).toBeInViewport({ ratio: 1 });
    await page
      .getByRole("heading", { name: "You and the machine" })
      .evaluate((heading) => heading.scrollIntoView({ block: "start" }));
    await expect(last).not.toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Enter");
    await expect(last).toBeInViewport({ ratio: 1 });
  });
});
