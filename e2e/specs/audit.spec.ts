import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { look } from "../support/look.ts";
import { expect, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

/** Decomposed, right to left, with an override that would turn the line around, and long. */
const NAME = `Ade\u0301la \u202eعليّ بن محمد ${"Wolfeschlegelsteinhausen".repeat(4)}`;

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  product = await startProduct();
  database = await openDatabase(product);
  await database.rows("update app.staff set display_name = $1 where handle = 'lead-1'", [NAME]);
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

for (const theme of ["dark", "light"] as const) {
  test(`an auditor reads the log by keyboard, and the browser checks a proof, ${theme}`, async ({
    seat,
  }) => {
    test.setTimeout(240_000);
    const caseId = await sendCase(product, { externalId: `ver_audit_${theme}` });
    const lead = await seat(product, "lead-1", { path: `/cases?asked=1&id=${caseId}` });
    await expect(lead.page.getByRole("link", { name: caseId })).toBeVisible();

    const { page } = await seat(product, "auditor-1", { path: "/audit", theme });
    await expect(page.getByLabel("How the log stands")).toContainText("running");
    await look(page, `${theme}-empty`);
    await page.getByLabel("Purpose").focus();
    await page.keyboard.type("Inc");
    await page.getByLabel("Kind").selectOption("case.search");
    await page.getByLabel("Who").focus();
    await page.keyboard.type("lead-1");
    await page.keyboard.press("Enter");
    const events = page.getByRole("table", { name: "Events" });
    await expect(events.getByRole("row").nth(1)).toContainText("Case search");
    await expect(page).toHaveURL(/[?]kind=case.search&who=lead-1$/);
    const name = events.locator("bdi").first();
    await expect(name.getByRole("img", { name: /^hidden character/ })).toBeVisible();
    const shown = await name.evaluate((bdi) =>
      Array.from(bdi.childNodes, (node) => (node instanceof HTMLElement ? "" : node.textContent)),
    );
    expect(shown.join("\u202e")).toContain("Ade\u0301la ");
    await look(page, `${theme}-events`);

    await events.getByRole("button").first().focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("Signed, and proven in this browser.")).toBeVisible();
    await look(page, `${theme}-event`);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Download the proof" }).click(),
    ]);
    expect(await readFile(await file.path(), "utf8")).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra /);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);

    const [csv] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download this page as CSV" }).click(),
    ]);
    const text = await readFile(await csv.path(), "utf8");
    expect(text.split("\r\n").length - 2).toBe((await events.getByRole("row").count()) - 1);
    expect(text).toContain(NAME);
  });
}

test("a leaf or a proof that was tampered with is shown as failing", async ({ seat }) => {
  const { page } = await seat(product, "auditor-1", { path: "/audit?kind=session.start" });
  const answer = z.object({
    result: z.object({ data: z.looseObject({ leaf: z.string(), proof: z.string() }) }),
  });
  let change: (data: { leaf: string; proof: string }) => object = () => ({});
  await page.route("**/trpc/audit.proof*", async (route) => {
    const response = await route.fetch();
    const { data } = answer.parse(await response.json()).result;
    await route.fulfill({ response, json: { result: { data: { ...data, ...change(data) } } } });
  });
  await page.getByLabel("Purpose").selectOption("Incident");
  await page.getByRole("button", { name: "Read the log" }).click();
  const first = page.getByRole("table", { name: "Events" }).getByRole("button").first();
  const dialog = page.getByRole("dialog");
  const forged = (leaf: string): string =>
    btoa(atob(leaf).replace('"role":"auditor"', '"role":"reviewer"'));
  for (const [next, words] of [
    [() => ({}), "Signed, and proven in this browser."],
    [({ leaf }: { leaf: string }) => ({ leaf: forged(leaf) }), "The proof does not hold."],
    [
      ({ proof }: { proof: string }) => ({ proof: proof.replace(/\nindex \d+/, "\nindex 0") }),
      "The proof does not hold.",
    ],
  ] as const) {
    change = next;
    await first.click();
    await expect(dialog.getByText(words)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
});

test("anybody reads what the log has of them, and nobody else's", async ({ seat }) => {
  const { page } = await seat(product, "admin-1", { path: "/me" });
  await expect(page.getByRole("button", { name: "Show my events" })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await page.getByRole("button", { name: "Show my events" }).click();
    await expect(page.getByRole("table", { name: "My events" })).toContainText("Session start");
  }).toPass();
  await look(page, "me");
});
