import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "@playwright/test";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import sharp from "sharp";
import {
  caseShown,
  decide,
  enter,
  fillDecision,
  nextStep,
  reveal,
  sealCandidate,
} from "./support/bench-keys.ts";

/**
 * `node e2e/screenshots.ts`: photographs each screen of the built product with the demo's people, in
 * both themes and two sizes, into docs/screenshots/<screen>-<theme>-<width>.png.
 */
const FOLDER = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;
const THEMES = ["dark", "light"] as const;
type Theme = (typeof THEMES)[number];
/** Enough of the demo for each screen, and quickly drawn. */
const DEMO_CASES = 6;
const MOST_BYTES = 250_000;

await mkdir(FOLDER, { recursive: true });
const isRoot = process.getuid?.() === 0;
const product = await startProduct({ demoCases: DEMO_CASES });
const browser = await chromium.launch({
  executablePath: process.env["SECONDLOOK_BROWSER"] ?? "/usr/bin/chromium",
  args: isRoot ? ["--no-sandbox"] : [],
});
const database = await openDatabase(product);
try {
  await database.changePolicy({ minimumViewSeconds: 0 });
  await demoLoaded(database);
  const made = await product.run(["demo", "history", "--decisions", "6000", "--seed", "4"]);
  if (made.code !== 0) throw new Error(made.output);
  for (const theme of THEMES) {
    await reviewing(browser, product, theme);
    await overseeing(browser, product, theme);
  }
} finally {
  await database.close();
  await browser.close();
  await product.stop();
}

async function demoLoaded(from: ProductDatabase): Promise<void> {
  for (;;) {
    const [row] = await from.rows("select count(*)::integer as cases from app.review_case");
    if (row?.["cases"] === DEMO_CASES) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function reviewing(from: Browser, at: Product, theme: Theme): Promise<void> {
  const handle = theme === "dark" ? "reviewer-1" : "reviewer-2";
  const page = await open(from, at, { theme, handle, path: null });
  await page.goto("/");
  await page.getByRole("button", { name: handle }).waitFor();
  await shoot(page, "sign-in", theme);
  await page.getByRole("button", { name: handle }).click();
  await caseShown(page);
  await shoot(page, "covered", theme);
  await page.getByRole("button", { name: /^Hide the tour/ }).click();
  await page.keyboard.press("b");
  await page.keyboard.press("z");
  await page.keyboard.press("z");
  await page.keyboard.press("x");
  await page.keyboard.press("6");
  await shoot(page, "review", theme);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await shoot(page, "keys", theme);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("l");
  await page.getByRole("dialog").waitFor();
  await shoot(page, "release", theme);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await sealCandidate(page, 6);
  await page.getByRole("region", { name: "Details of both sides" }).waitFor();
  await shoot(page, "sealed", theme);
  while ((await nextStep(page).textContent())?.includes("Next candidate") === true) {
    await enter(page, "Next candidate");
    await sealCandidate(page, 2);
  }
  await reveal(page);
  await shoot(page, "revealed", theme);
  await fillDecision(page, {
    outcome: 1,
    rationale: "The same face in both; the payout account is shared.",
  });
  await shoot(page, "decide", theme);
  await decide(page, "Duplicate");
  await caseShown(page);
  await shoot(page, "next-case", theme);
  await database.expireLease(handle);
  await page.keyboard.press("4");
  await page.keyboard.press("n");
  await page.getByText("Your lease on this case is gone.").waitFor();
  await shoot(page, "lease-lost", theme);
  await page.keyboard.press("r");
  await page.getByText("Your lease on this case is gone.").waitFor({ state: "detached" });
  await caseShown(page);
  await page.locator("footer [aria-busy=false]").waitFor();
  await page.keyboard.press("p");
  await page.getByRole("heading", { name: "Paused" }).waitFor();
  await shoot(page, "paused", theme);
  await page.goto("/queue");
  await page.getByRole("heading", { name: "This page is not yours to open" }).waitFor();
  await shoot(page, "forbidden", theme);
  await page.context().close();
}

async function overseeing(from: Browser, at: Product, theme: Theme): Promise<void> {
  const handle = "auditor-1";
  const page = await open(from, at, { theme, handle: "lead-1", path: "/queue" });
  await page.getByRole("table", { name: "What waits" }).waitFor();
  await page
    .getByRole("checkbox", { name: /^Select cas_/ })
    .first()
    .check();
  await shoot(page, "queue", theme);
  await page.goto("/insights");
  await drawn(page, 4);
  await shoot(page, "insights", theme);
  await page.goto("/me");
  await drawn(page, 2);
  await shoot(page, "me", theme);
  await page.goto("/cases?asked=1");
  await page.getByRole("table", { name: "Cases found" }).waitFor();
  await shoot(page, "cases", theme);
  const link = page.getByRole("table", { name: "Cases found" }).getByRole("link").first();
  await link.click();
  await page.getByRole("button", { name: "Open the page" }).waitFor();
  await shoot(page, "case-gate", theme);
  await page.goto("/nowhere");
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await shoot(page, "not-found", theme);
  await page.context().close();

  const [judged] = await database.rows(
    "select case_id from app.decision order by decided_at limit 1",
  );
  const auditor = await open(from, at, {
    theme,
    handle,
    path: `/cases/${String(judged?.["case_id"])}`,
  });
  await auditor.getByRole("heading", { name: "Timeline" }).waitFor();
  await shoot(auditor, "case", theme);
  await auditor.goto("/audit");
  await auditor.getByLabel("Purpose").selectOption({ index: 1 });
  await auditor.getByRole("button", { name: "Read the log" }).click();
  await auditor.getByRole("table", { name: "Events" }).waitFor();
  await shoot(auditor, "audit", theme);
  await auditor.getByRole("table", { name: "Events" }).getByRole("button").first().click();
  await auditor.getByText("Signed, and proven in this browser.").waitFor();
  await shoot(auditor, "audit-event", theme);
  await auditor.context().close();

  const admin = await open(from, at, { theme, handle: "admin-1", path: "/keys" });
  await admin.getByRole("table").waitFor();
  await shoot(admin, "ingest-keys", theme);
  await admin.context().close();
}

/** The charts are drawn. */
async function drawn(page: Page, charts: number): Promise<void> {
  await page
    .locator("figure .recharts-surface")
    .nth(charts - 1)
    .waitFor();
}

async function open(
  from: Browser,
  at: Product,
  options: { theme: Theme; handle: string; path: string | null },
): Promise<Page> {
  const context = await from.newContext({
    baseURL: at.url,
    viewport: SIZES[0],
    storageState: {
      cookies: [],
      origins: [
        { origin: at.url, localStorage: [{ name: "secondlook-theme", value: options.theme }] },
      ],
    },
  });
  if (options.path !== null) {
    await context.request.post("/auth/demo", { data: { account: options.handle } });
  }
  const page = await context.newPage();
  if (options.path !== null) await page.goto(options.path);
  return page;
}

async function shoot(page: Page, screen: string, theme: Theme): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.evaluate(() => document.fonts.ready);
    const shot = await page.screenshot({ animations: "disabled" });
    const path = join(FOLDER, `${screen}-${theme}-${size.width}.png`);
    // A palette keeps a screen sharp at a fraction of the size.
    let colours = 256;
    let { size: bytes } = await sharp(shot).png({ palette: true, colours, effort: 8 }).toFile(path);
    while (bytes > MOST_BYTES && colours > 32) {
      colours /= 2;
      bytes = (await sharp(shot).png({ palette: true, colours, effort: 8 }).toFile(path)).size;
    }
    console.log(`${screen}-${theme}-${size.width}.png ${Math.round(bytes / 1000)} kB`);
  }
  await page.setViewportSize(SIZES[0]);
}
