import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { look } from "../support/look.ts";
import { expect, test } from "../support/test.ts";

const LONG_AGO = "/insights?from=2020-01-01&to=2020-01-02";

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  product = await startProduct();
  const made = await product.run(["demo", "history", "--decisions", "6000", "--seed", "4"]);
  expect(made.output).toContain("planted");
  database = await openDatabase(product);
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

/** The charts are drawn, so that they are among what is looked at. */
async function drawn(page: Page, charts: number): Promise<void> {
  await expect(page.locator("figure .recharts-surface")).toHaveCount(charts);
}

for (const theme of ["dark", "light"] as const) {
  test(`Insights and Me have no fault in any of their states, ${theme}`, async ({ seat }) => {
    test.setTimeout(180_000);
    const { page } = await seat(product, "lead-1", { path: "/insights", theme });
    await expect(page.getByRole("heading", { name: "What stands out" })).toBeVisible();
    await drawn(page, 4);
    await look(page, "figures");
    await page
      .getByText(/^As a table/)
      .first()
      .click();
    await look(page, "a chart as a table");
    await page
      .getByRole("button", { name: /^Overturned/ })
      .first()
      .click();
    await expect(page.getByRole("dialog", { name: "Override rate" })).toBeVisible();
    await page.getByRole("button", { name: "Show the cases" }).click();
    await expect(page.getByRole("table", { name: "Cases behind the figure" })).toBeVisible();
    await look(page, "behind a figure");
    await page.goto(LONG_AGO);
    await expect(page.getByText(/^Nothing was decided in these days/)).toBeVisible();
    await look(page, "nothing decided");

    const reviewer = await seat(product, "reviewer-3", { path: "/me", theme });
    await drawn(reviewer.page, 2);
    await look(reviewer.page, "one's own figures");

    const failing = await seat(product, "lead-2", { path: "/queue", theme });
    failing.noise.allow(/status of 500|ERR_FAILED/);
    await failing.page.route("**/trpc/insights.overview*", (route) =>
      route.fulfill({ status: 500, contentType: "application/json", body: "{}" }),
    );
    await failing.page.getByRole("link", { name: "Insights" }).click();
    await expect(
      failing.page.getByRole("heading", { name: "This could not be fetched" }),
    ).toBeVisible();
    await look(failing.page, "error");
  });
}

test("a figure opens by keys: what it means, the cases behind it, each in the log, and a file of it", async ({
  seat,
}) => {
  const { page } = await seat(product, "lead-1", { path: "/insights" });
  const figure = page.getByRole("button", { name: /^Overturned/ }).first();
  await figure.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Override rate" });
  await expect(dialog.getByText("Cases with a recommendation and an answer.")).toBeVisible();
  const noted = async (): Promise<number> => {
    const [row] = await database.rows(
      `select count(*)::int as n from audit.event where position('insights.query'::bytea in leaf) > 0`,
    );
    return Number(row?.["n"]);
  };
  const before = await noted();
  await dialog.getByRole("button", { name: "Show the cases" }).press("Enter");
  const rows = dialog.getByRole("row");
  await expect(rows).toHaveCount(51);
  expect((await noted()) - before).toBe(50);
  await dialog.getByRole("button", { name: "Show more" }).click();
  await expect(rows).toHaveCount(101);
  await dialog.getByText("All that it is a share of").click();
  await expect(rows).toHaveCount(51);
  expect((await noted()) - before).toBe(150);

  const waiting = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "CSV by region" }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/^secondlook-region-.*\.csv$/);
  expect(await readFile(await file.path(), "utf8")).toMatch(/^provider,version,region,policy/);

  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(figure).toBeFocused();
});

test("filters stand in the address, and a view sent to somebody is the same view", async ({
  seat,
}) => {
  const { page } = await seat(product, "lead-1", { path: "/insights" });
  await page.getByRole("button", { name: "90 days" }).click();
  await page.getByRole("search").getByLabel("Region").selectOption("VN");
  await expect(page).toHaveURL(/from=.*to=.*region=VN/);
  await expect(page.getByRole("heading", { name: "What waits now in VN" })).toBeVisible();
  const decisions = page.getByRole("button", { name: /^Decisions/ });
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const shown = await decisions.innerText();
  const other = await seat(product, "lead-2", {
    path: new URL(page.url()).pathname + new URL(page.url()).search,
  });
  await expect(other.page.getByRole("button", { name: /^Decisions/ })).toHaveText(shown, {
    useInnerText: true,
  });
});

test("a reviewer sees the own figures and no page of everybody's; charts load with them alone", async ({
  seat,
}) => {
  const { page } = await seat(product, "reviewer-3", { path: null });
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
  await page.goto("/");
  await page.getByRole("button", { name: "reviewer-3" }).click();
  await expect(page.getByRole("link", { name: "Me" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Insights" })).toHaveCount(0);
  const charts = (): boolean => scripts.some((path) => /-chart-[\w-]+\.js$/.test(path));
  expect(charts()).toBe(false);
  await page.getByRole("link", { name: "Me" }).click();
  await expect(page.getByRole("heading", { name: "Your work" })).toBeVisible();
  await drawn(page, 2);
  expect(charts()).toBe(true);
  await page.goto("/insights");
  await expect(page.getByRole("heading", { name: "This page is not yours to open" })).toBeVisible();
});

test("the page of figures goes on paper, in dark on light; no other page does", async ({
  seat,
}) => {
  const { page } = await seat(product, "lead-1", { path: "/insights", theme: "dark" });
  await drawn(page, 4);
  const scheme = (): Promise<string | null> =>
    page.locator("html").getAttribute("data-mantine-color-scheme");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  expect(await scheme()).toBe("light");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { name: "What stands out" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Screens" })).toBeHidden();
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  expect(await scheme()).toBe("dark");
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("link", { name: "Cases" }).click();
  await expect(page.getByRole("heading", { name: "Cases" })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("#root")).toBeHidden();
});
