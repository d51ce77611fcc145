import type { Page } from "@playwright/test";
import { caseShown } from "../support/bench-keys.ts";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { expect, test } from "../support/test.ts";
import { look } from "../support/look.ts";
import { sendCase } from "../support/upstream.ts";

const RTL_NAME = "عبد الرحمن بن محمد الأنصاري";

// Each is a long sitting of three people, looked at in two sizes on the way.
test.describe.configure({ timeout: 180_000 });

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  product = await startProduct();
  database = await openDatabase(product);
  await database.rows("update app.staff set display_name = $1 where handle = 'reviewer-2'", [
    RTL_NAME,
  ]);
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

const box = (page: Page, caseId: string) =>
  page.getByRole("checkbox", { name: `Select ${caseId}`, exact: true });
const row = (page: Page, caseId: string) =>
  page
    .getByRole("table", { name: "What waits" })
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name: caseId, exact: true }) });

/** Opens an act of the bar, and fills the dialog in, by keys alone. */
async function act(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("toolbar").getByRole("button", { name }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function give(page: Page, name: string, reason: string): Promise<void> {
  const whom = page.getByLabel("To whom");
  await expect(whom).toBeFocused();
  await expect(whom.getByRole("option", { name })).toBeAttached();
  await whom.selectOption({ label: name });
  await page.getByRole("radio", { name: reason }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
}

for (const theme of ["dark", "light"] as const) {
  test(`a lead gives cases to people, takes them back and changes priorities, by keys, ${theme}`, async ({
    seat,
  }) => {
    const sent = (name: string) =>
      sendCase(product, { externalId: `ver_${name}_${theme}`, priority: "normal" });
    const [first, second, third] = [await sent("a"), await sent("b"), await sent("c")];
    const reviewer = await seat(product, "reviewer-1", { path: "/review" });
    await caseShown(reviewer.page);

    const { page } = await seat(product, "lead-1", { path: "/queue", theme });
    await box(page, first).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+Space");
    await expect(page.getByText("3 cases selected")).toBeVisible();
    await look(page, `three selected, ${theme}`);

    await act(page, /^Change the priority/);
    await look(page, `priority, ${theme}`);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Change 3 cases" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Say why; it stands in the log.")).toBeVisible();
    await page.getByRole("radio", { name: "It is due soon" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(row(page, second)).toContainText("Urgent");

    // The first is with the reviewer, who is told; the person named right to left has it next.
    await box(page, first).focus();
    await page.keyboard.press("Space");
    await act(page, /^Give to somebody/);
    await look(page, `giving, ${theme}`);
    await give(page, `\u2068${RTL_NAME}\u2069`, "Somebody knows this better");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(row(page, first)).toContainText(`kept for ${RTL_NAME}`);
    await look(page, `kept, ${theme}`);
    await expect(
      reviewer.page.getByText("A lead gave this case to somebody else.", { exact: false }).first(),
    ).toBeVisible({ timeout: 30_000 });

    const given = await seat(product, "reviewer-2", { path: "/review" });
    await caseShown(given.page);
    await expect(row(page, first)).toContainText(RTL_NAME);
    await expect(row(page, first)).not.toContainText("kept for", { timeout: 30_000 });

    // Taken from them again, it is everybody's.
    await box(page, first).focus();
    await page.keyboard.press("Space");
    await act(page, /^Take from who has it/);
    await page.getByRole("radio", { name: "The person who had it is away" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(
      given.page.getByText("A lead gave this case back to everybody.", { exact: false }).first(),
    ).toBeVisible({ timeout: 30_000 });

    // What changed meanwhile is left alone, and told.
    await box(page, third).focus();
    await page.keyboard.press("Space");
    await act(page, /^Give to somebody/);
    await database.rows("update app.round set state = 'closed', holder = null, lease_kind = null");
    await give(page, `\u2068${RTL_NAME}\u2069`, "To share the work out");
    await expect(
      page.getByRole("dialog").getByText("Nothing was changed: 1 case left alone."),
    ).toBeVisible();
    await look(page, `left alone, ${theme}`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const kinds = await database.rows(
      "select count(*)::int as routed from audit.event where convert_from(leaf, 'UTF8') like '%\"kind\":\"case.route\"%'",
    );
    expect(Number(kinds[0]?.["routed"])).toBeGreaterThanOrEqual(5);
  });
}
