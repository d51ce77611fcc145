import type { Page } from "@playwright/test";
import { caseShown, decide, enter, fillDecision, reveal, sealAll } from "../support/bench-keys.ts";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { evidence } from "../support/evidence.ts";
import { look } from "../support/look.ts";
import { expect, type Seats, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

const LONG_NAME = "Αλεξάνδρα-Ευαγγελία Παπαδοπούλου-Χριστοδουλοπούλου του Κωνσταντίνου";
const RTL_NAME = "عبد الرحمن بن محمد الأنصاري";

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  product = await startProduct();
  database = await openDatabase(product);
  await database.changePolicy({ minimumViewSeconds: 0, undoSeconds: 1 });
  await database.rows("update app.staff set display_name = $1 where handle = 'reviewer-1'", [
    RTL_NAME,
  ]);
  await database.rows("update app.staff set display_name = $1 where handle = 'reviewer-2'", [
    LONG_NAME,
  ]);
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

const fact = (page: Page, words: string) =>
  page
    .getByRole("region", { name: "The queue now" })
    .locator("div", { has: page.getByText(words, { exact: true }) })
    .last();
const shift = (page: Page) => page.getByRole("region", { name: /^On shift/ });

test("the strip and the shift change as another account claims and rests", async ({ seat }) => {
  const { page } = await seat(product, "lead-1", { path: "/queue" });
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(fact(page, "Waiting")).toContainText("0");
  const caseId = await sendCase(product, { externalId: "ver_strip" });
  await expect(fact(page, "Waiting")).toContainText("1");
  await expect(fact(page, "Oldest waits")).toContainText("< 1 m");

  const reviewer = await seat(product, "reviewer-1", { path: "/review" });
  await caseShown(reviewer.page);
  await expect(fact(page, "Being worked on")).toContainText("1");
  await expect(fact(page, "Waiting")).toContainText("0");
  const row = shift(page).getByRole("row", { name: RTL_NAME });
  await expect(row).toContainText(caseId, { timeout: 20_000 });
  await expect(row.getByText(RTL_NAME)).toHaveCSS("unicode-bidi", "isolate");

  await reviewer.page.keyboard.press("p");
  await expect(reviewer.page.getByRole("heading", { name: "Paused" })).toBeVisible();
  await expect(fact(page, "Waiting")).toContainText("1");
  await expect(row).toContainText("Paused", { timeout: 20_000 });

  await test.step("the region in the address holds for it, too", async () => {
    await page.getByLabel("Region").fill("de");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page).toHaveURL(/region=DE/);
    await expect(fact(page, "Waiting")).toContainText("0");
    await page.getByRole("button", { name: "All regions" }).click();
    await expect(fact(page, "Waiting")).toContainText("1");
  });

  await test.step("a band of due times narrows the list down, and the address has it", async () => {
    await page.getByRole("link", { name: "overdue" }).click();
    await expect(page).toHaveURL(/due=overdue/);
    await expect(page.getByText("Nothing that waits is so old and due so soon.")).toBeVisible();
    await page.reload();
    await expect(page.getByText("Only: overdue")).toBeVisible();
    await page.getByRole("link", { name: "Show all" }).click();
    await expect(page.getByRole("table", { name: "What waits" })).toContainText(caseId);
  });
});

test("a page that is cut off says that it is not live", async ({ seat }) => {
  const { page, context, noise } = await seat(product, "lead-1", { path: "/queue" });
  noise.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|503/);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.route("**/live/*", (route) => route.abort());
  await page.goto("/queue?order=oldest");
  await expect(page.getByText(/^Not live/)).toBeVisible();
  await page.unroute("**/live/*");
  await context.setOffline(false);
});

test("a mistake is read and closed by a lead", async ({ seat }) => {
  await nothingWaits();
  const caseId = await report(seat, "reviewer-2", "ver_mistaken", "I looked at the wrong photo.");
  const { page } = await seat(product, "lead-2", { path: "/queue" });
  await page.getByRole("link", { name: /^Mistakes reported/ }).click();
  const row = page.getByRole("row", { name: caseId });
  await expect(row).toContainText(LONG_NAME);
  await row.getByRole("button", { name: /^Read the report/ }).click();
  await expect(page.getByText("I looked at the wrong photo.")).toHaveCount(0);
  await page.getByRole("button", { name: "Read what they wrote" }).click();
  await expect(page.getByText("I looked at the wrong photo.")).toBeVisible();
  await page.getByRole("button", { name: "Close the report" }).click();
  await expect(page.getByText("Say what became of it.")).toBeVisible();
  await page.getByLabel("Upstream was asked to send it again").check();
  await page.getByRole("button", { name: "Close the report" }).click();
  await expect(page.getByText("No reported mistake waits.")).toBeVisible();
  await page.getByRole("link", { name: "closed", exact: true }).click();
  await expect(page.getByRole("row", { name: caseId })).toContainText("Upstream was asked");
  const closed = await database.rows(
    `select from audit.event where convert_from(leaf, 'UTF8')::jsonb @> '{"kind": "decision.mistake_closed"}'`,
  );
  expect(closed).toHaveLength(1);
});

test("a question is read by a lead who can't answer it, and untold to who can", async ({
  seat,
}) => {
  await nothingWaits();
  const caseId = await ask(seat, "reviewer-1", "ver_asked", "Is the mole a stain?");
  const mine = await seat(product, "lead-2", { path: "/queue?view=questions" });
  await expect(mine.page.getByText("No question waits for another lead.")).toBeVisible();
  await expect(mine.page.getByRole("link", { name: "your next claim" })).toBeVisible();

  await database.rows("update app.staff set regions = '{DE}' where handle = 'lead-1'");
  const { page } = await seat(product, "lead-1", { path: "/queue?view=questions" });
  const row = page.getByRole("row", { name: caseId });
  await expect(row).toContainText("1 lead may take it");
  await row.getByRole("button", { name: /^Read the question/ }).click();
  await page.getByRole("button", { name: "Read the question", exact: true }).click();
  await expect(page.getByText("Is the mole a stain?")).toBeVisible();
  await database.rows("update app.staff set regions = null where handle = 'lead-1'");
});

for (const theme of ["dark", "light"] as const) {
  test(`every view of the page, full and empty, has no fault, ${theme}`, async ({ seat }) => {
    test.setTimeout(240_000);
    await nothingWaits();
    await report(seat, "reviewer-2", `ver_${theme}_mistaken`, "It was the other ear.");
    await ask(seat, "reviewer-3", `ver_${theme}_asked`, "Is it a scar?");
    for (const [at, priority] of (
      ["urgent", "high", "normal", "low", "normal"] as const
    ).entries()) {
      await sendCase(product, { externalId: `ver_${theme}_${at}`, priority });
    }
    // As they would stand there after some days.
    await database.rows(
      `update app.review_case c set received_at = now() - n * interval '9 h', due_at = now() + (4 - n) * interval '50 min'
       from (select id, row_number() over (order by external_id) as n from app.review_case where external_id like $1) k
       where k.id = c.id`,
      [`ver_${theme}_%`],
    );
    await database.rows(
      "update app.round r set waiting_since = c.received_at from app.review_case c where c.id = r.case_id and r.state = 'open'",
    );
    const stuck = `(select id from app.review_case where external_id = 'ver_${theme}_4')`;
    await database.rows(
      `insert into app.involvement (case_id, staff_id, cycle, round, how)
       select ${stuck}, id, 1, 'any', case when role = 'lead' then 'case_page' else 'conflict' end from app.staff`,
    );
    const first = await seat(product, "reviewer-1", { path: "/review" });
    await caseShown(first.page);
    const second = await seat(product, "reviewer-2", { path: "/review" });
    await caseShown(second.page);

    await database.rows("update app.staff set regions = '{DE}' where handle = 'lead-1'");
    const { page } = await seat(product, "lead-1", { path: "/queue", theme });
    await expect(page.getByRole("table", { name: "What waits" })).toBeVisible();
    await expect(shift(page).getByRole("row", { name: LONG_NAME })).toContainText("cas_");
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    await look(page, `waiting ${theme}`);
    await page.getByRole("link", { name: "oldest first" }).click();
    await page.getByRole("link", { name: "4 h to 1 d" }).click();
    await expect(page.getByText("Only: waits 4 h to 1 d")).toBeVisible();
    await look(page, `narrowed ${theme}`);
    await page.getByRole("link", { name: /^Nobody may take/ }).click();
    await expect(page.getByText(/^Everybody who fits is out/)).toBeVisible();
    await look(page, `nobody ${theme}`);
    await page.getByRole("link", { name: /^Mistakes reported/ }).click();
    await look(page, `mistakes ${theme}`);
    await page
      .getByRole("button", { name: /^Read the report/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Read what they wrote" }).click();
    await expect(page.getByRole("blockquote")).toBeVisible();
    await look(page, `a mistake ${theme}`);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: /^Questions for a lead/ }).click();
    await expect(page.getByRole("table", { name: "Questions for a lead" })).toBeVisible();
    await look(page, `questions ${theme}`);
    await page
      .getByRole("button", { name: /^Read the question/ })
      .first()
      .click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look(page, `a question ${theme}`);
    await page.keyboard.press("Escape");

    for (const view of ["waiting", "nobody", "mistakes", "questions"]) {
      await page.goto(`/queue?region=FR&view=${view}`);
      await expect(page.getByText(EMPTY[view] ?? "")).toBeVisible();
      await look(page, `no ${view} ${theme}`);
    }
    await database.rows("update app.staff set regions = null where handle = 'lead-1'");
  });
}

const EMPTY: Readonly<Record<string, string>> = {
  waiting: "Nothing waits in FR.",
  nobody: "There is somebody for every case that waits.",
  mistakes: "No reported mistake waits.",
  questions: "No question waits for another lead.",
};

/** Takes out of the queue what other tests have left there. */
async function nothingWaits(): Promise<void> {
  await database.rows("update app.round set state = 'closed', holder = null, lease_kind = null");
}

/** Somebody decides, and reports it as a mistake once it can't be undone. */
async function report(
  seat: Seats,
  handle: string,
  externalId: string,
  note: string,
): Promise<string> {
  const caseId = await sendCase(product, { externalId, priority: "urgent" });
  const { page, context } = await seat(product, handle, { path: "/review" });
  await caseShown(page);
  await sealAll(page, [1, 1]);
  await reveal(page);
  await fillDecision(page, { outcome: 3 });
  await decide(page, "Distinct people");
  await expect(page.getByText("Decided: Distinct people", { exact: true })).toBeVisible();
  await expect(page.getByText("Decided: Distinct people", { exact: true })).toBeHidden();
  await page.keyboard.press("Shift+U");
  await page.getByRole("dialog").getByText("Distinct people").first().waitFor();
  await page.keyboard.press("1");
  await page.getByLabel("What was wrong?").fill(note);
  await page.getByRole("button", { name: "Report it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await context.close();
  return caseId;
}

/** Somebody can't tell, and asks a lead; their undo window is over afterwards. */
async function ask(
  seat: Seats,
  handle: string,
  externalId: string,
  question: string,
): Promise<string> {
  const files = await evidence();
  const caseId = await sendCase(product, {
    externalId,
    priority: "urgent",
    candidates: [{ evidence: [{ ref: "c1-id", kind: "id_photo", file: files.sameId }] }],
  });
  const { page, context } = await seat(product, handle, { path: "/review" });
  await caseShown(page);
  await page.keyboard.press("4");
  const reason = page.getByRole("button", { name: "A photo is unclear" });
  await reason.click();
  await reason.evaluate((element) => (element instanceof HTMLElement ? element.blur() : undefined));
  await enter(page, "Seal");
  await reveal(page);
  await fillDecision(page, { outcome: 4 });
  await page.keyboard.press("o");
  await expect(page.getByLabel("Question for the lead")).toBeFocused();
  await page.keyboard.type(question);
  await page.keyboard.press("Escape");
  await decide(page, "Inconclusive");
  await expect
    .poll(() =>
      database.rows(
        "select from app.question q join app.decision d using (case_id) where q.case_id = $1 and d.undo_until < now()",
        [caseId],
      ),
    )
    .toHaveLength(1);
  await context.close();
  return caseId;
}
