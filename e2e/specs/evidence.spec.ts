import type { Page } from "@playwright/test";
import {
  caseShown,
  decide,
  enter,
  nextStep,
  reveal,
  sealAll,
  sealCandidate,
} from "../support/bench-keys.ts";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { evidence } from "../support/evidence.ts";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { expect, test } from "../support/test.ts";
import { type SentCase, sendCase } from "../support/upstream.ts";

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

/** Sends a case and opens it as the only one that waits. */
async function open(
  seat: (product: Product, handle: string, options: object) => Promise<{ page: Page }>,
  sent: SentCase,
): Promise<{ page: Page; fetched: string[] }> {
  await database.rows(`update app.round set state = 'closed', holder = null, lease_kind = null`);
  await sendCase(product, sent);
  const { page } = await seat(product, "reviewer-1", { path: null });
  const fetched: string[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const rendition = /^\/media\/[^/]+\/(\w+)$/.exec(pathname)?.[1];
    if (rendition !== undefined) fetched.push(rendition);
  });
  await page.goto("/");
  await page.getByRole("button", { name: "reviewer-1" }).click();
  await caseShown(page);
  return { page, fetched };
}

test("the whole picture is fetched when asked for, and once; a clip plays from memory by frames", async ({
  seat,
}) => {
  const { page, fetched } = await open(seat, { externalId: "ver_whole" });
  const probe = page.getByRole("region", { name: "Probe", exact: true });
  await expect.poll(() => fetched.toSorted()).toEqual(["clip", "face", "face", "face"]);
  for (const words of ["ID photo, Probe, whole", "ID photo, Probe", "ID photo, Probe, whole"]) {
    await page.keyboard.press("q");
    await expect(probe.getByRole("img", { name: words, exact: true })).toBeVisible();
  }
  expect(fetched.filter((rendition) => rendition === "screen")).toHaveLength(1);

  await page.keyboard.press("a");
  const status = probe.getByText(/frame \d+ of \d+$/);
  await expect(status).toHaveText(/^paused · frame 1 of 16$/);
  await page.keyboard.press(".");
  await expect(status).toHaveText(/frame 2 of/);
  await page.keyboard.press(".");
  await expect(status).toHaveText(/frame 3 of/);
  await page.keyboard.press(",");
  await expect(status).toHaveText(/frame 2 of/);
  await page.keyboard.press("m");
  await expect(status).toHaveText(/^playing/);
  await expect(status).toHaveText(/frame ([5-9]|1\d) of/);
  await page.keyboard.press("m");
  await expect(status).toHaveText(/^paused/);
  expect(fetched).toHaveLength(5);

  await test.step("a photo is drawn again after the clip in its place", async () => {
    await page.keyboard.press("a");
    await expect(status).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Wipe/ }).first()).toBeEnabled();
  });
  await test.step("zoom and pan move both sides together", async () => {
    const scale = page.locator("[data-scale]");
    await expect(scale).toHaveText("1.0×");
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowLeft");
    await expect(scale).toHaveText("1.3×");
    await page.keyboard.press("0");
    await expect(scale).toHaveText("1.0×");
  });
});

test("what is missing or broken is explained, and can still be judged", async ({ seat }) => {
  const files = await evidence();
  const { page } = await open(seat, {
    externalId: "ver_broken",
    evidence: [{ ref: "clip", kind: "face_clip", file: files.brokenClip }],
    candidates: [{ similarity: 91.5 }],
  });
  const probe = page.getByRole("region", { name: "Probe", exact: true });
  await expect(probe.getByText("This file can’t be decoded")).toBeVisible();
  await expect(
    page
      .getByRole("region", { name: "Candidate", exact: true })
      .getByText("Nothing was sent for this side"),
  ).toBeVisible();
  await sealCandidate(page, 5);
  await reveal(page);
});

test("a case without candidates is decided by the probe alone", async ({ seat }) => {
  const { page } = await open(seat, { externalId: "ver_alone", candidates: [] });
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
  await expect(page.getByRole("heading", { name: "Nothing is waiting" })).toBeVisible();
});

test("long names, names from right to left and twenty candidates keep the workbench whole", async ({
  seat,
}) => {
  test.setTimeout(240_000);
  const files = await evidence();
  const long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(5).trim();
  const { page } = await open(seat, {
    externalId: "ver_twenty",
    attributes: {
      fullName: long,
      address: `${"Straße der Völkerfreundschaft ".repeat(12)}17b`,
      email: `${"a".repeat(64)}@${"b".repeat(200)}.example`,
    },
    candidates: Array.from({ length: 20 }, (_, index) => ({
      similarity: 99 - index,
      attributes: { fullName: "محمد بن عبد الرحمن آل مكتوم", address: "شارع الشيخ زايد ١٢، دبي" },
      evidence:
        index === 0 ? [{ ref: "c1-id", kind: "id_photo" as const, file: files.sameId }] : [],
    })),
  });
  await expect(page.getByText("0 of 20 sealed")).toBeVisible();
  await sealCandidate(page, 2);
  const details = page.getByRole("region", { name: "Details of both sides" });
  await expect(details.getByText(long, { exact: true })).toBeVisible();
  for (const width of [1440, 1024]) {
    await page.setViewportSize({ width, height: 768 });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond, `pixels beyond ${width}`).toBeLessThanOrEqual(0);
    await expect(nextStep(page)).toBeInViewport({ ratio: 1 });
  }
  await enter(page, "Next candidate");
  await sealAll(
    page,
    Array.from({ length: 19 }, () => 1 as const),
  );
  await reveal(page);
  await expect(page.getByRole("button", { name: "Show candidate 20" })).toBeVisible();
  await page.keyboard.press("3");
  await page.keyboard.press("6");
  await expect(nextStep(page)).toContainText("Distinct people");
  await expect(nextStep(page)).toBeInViewport({ ratio: 1 });
});
