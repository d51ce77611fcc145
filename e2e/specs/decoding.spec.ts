import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { QUARTERS } from "@secondlook/mock-api/known-files";
import { caseShown } from "../support/bench-keys.ts";
import { evidence } from "../support/evidence.ts";
import { box, colourAt } from "../support/stage-pixels.ts";
import { expect, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

const [RED, , , GREY] = QUARTERS;

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(async () => {
  await product.stop();
});

test("pictures are decoded off the page's own thread, and by the page where the worker is gone", async ({
  seat,
}) => {
  const { quarters, even } = await evidence();
  await sendCase(product, {
    externalId: "ver_decoding",
    evidence: [{ ref: "id", kind: "id_photo", file: quarters }],
    candidates: [{ similarity: 91, evidence: [{ ref: "c1", kind: "profile_photo", file: even }] }],
  });
  const { page } = await seat(product, "reviewer-1", { path: "/review" });
  await caseShown(page);
  expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual([
    expect.stringMatching(/^\/assets\/picture-worker-/),
  ]);
  // A newer console has taken the place of this one, and its files have other names.
  let asked = 0;
  await page.route("**/picture-worker-*", (route) => {
    asked += 1;
    return route.fulfill({ status: 404 });
  });
  await page.reload();
  await caseShown(page);
  const { probe, candidate } = await box(page);
  await colourAt(page, probe, [0.3, 0.3], RED);
  await colourAt(page, candidate, [0.5, 0.5], GREY);
  expect(asked).toBe(1);
});
