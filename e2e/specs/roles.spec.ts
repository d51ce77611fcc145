import { caseShown } from "../support/bench-keys.ts";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { expect, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(async () => {
  await product.stop();
});

const SCREENS: Readonly<Record<string, readonly string[]>> = {
  "reviewer-1": ["Review", "Me"],
  "senior-1": ["Review", "Me"],
  "lead-1": ["Review", "Queue", "Cases", "Insights", "Me"],
  "auditor-1": ["Cases", "Audit", "Me"],
  "privacy-1": ["Cases", "Me"],
  "admin-1": ["Ingest keys", "Me"],
};
const ADDRESSES = {
  Review: "/review",
  Queue: "/queue",
  Cases: "/cases",
  Audit: "/audit",
  Insights: "/insights",
  Me: "/me",
  "Ingest keys": "/keys",
} as const;

test("each role sees its own screens, and is told plainly of the others", async ({ seat }) => {
  for (const [handle, screens] of Object.entries(SCREENS)) {
    await test.step(handle, async () => {
      const { page } = await seat(product, handle);
      const nav = page.getByRole("navigation", { name: "Screens" });
      await expect(nav).toBeAttached();
      await expect(nav.getByRole("link")).toHaveText([...screens]);
      for (const [words, address] of Object.entries(ADDRESSES)) {
        if (screens.includes(words)) continue;
        await page.goto(address);
        await expect(
          page.getByRole("heading", { name: "This page is not yours to open" }),
        ).toBeVisible();
        await expect(
          page.getByText(/^Your role \(\w+\) does not include this page\.$/),
        ).toBeVisible();
      }
    });
  }
});

test("a lead oversees the queue, finds a case, and by its page gives up judging it", async ({
  seat,
}) => {
  const caseId = await sendCase(product, { externalId: "ver_roles", priority: "high" });
  const { page } = await seat(product, "lead-1", { path: "/queue" });
  const waiting = page.getByRole("table", { name: "What waits" });
  await expect(waiting.getByRole("row")).toHaveCount(2);
  await expect(waiting).toContainText("High");

  await page.getByRole("link", { name: "Cases" }).click();
  await page.getByLabel("Case or external id, whole").fill("ver_roles");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: caseId }).click();
  await expect(
    page.getByRole("heading", { name: "Opening this page takes you out of judging this case" }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Open the page" }).click();
  await expect(page.getByRole("heading", { name: "Case ver_roles" })).toBeVisible();
  await expect(page.getByText("Nothing is decided yet.")).toBeVisible();
  // Events get their places in the log within a second or two; an opening shows those before it.
  await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();
  await page.getByRole("link", { name: "Review" }).click();
  await expect(
    page.getByRole("heading", { name: "What is left needs somebody else" }),
  ).toBeVisible();

  await test.step("whoever works on it may not open its page", async () => {
    const other = await seat(product, "lead-2", { path: "/review" });
    await caseShown(other.page);
    await other.page.goto(`/cases/${caseId}`);
    await other.page.getByRole("button", { name: "Open the page" }).click();
    await expect(
      other.page.getByRole("heading", { name: "This page is closed to you" }),
    ).toBeVisible();
  });

  await test.step("an auditor sees the case's course and none of its evidence", async () => {
    const auditor = await seat(product, "auditor-1", { path: `/cases/${caseId}` });
    const media: string[] = [];
    auditor.page.on("request", (request) => {
      if (request.url().includes("/media/")) media.push(request.url());
    });
    await expect(auditor.page.getByRole("heading", { name: "Case ver_roles" })).toBeVisible();
    await expect(auditor.page.getByText("Case claim")).toBeVisible();
    await expect(auditor.page.getByText("Case view").first()).toBeVisible();
    await expect(auditor.page.locator("img, video")).toHaveCount(0);
    expect(media).toEqual([]);
    const refused = await auditor.context.request.get(
      `/media/evd_${"0".repeat(22)}/face?case=${caseId}&fence=1`,
    );
    expect(refused.status()).toBe(403);
  });
});
