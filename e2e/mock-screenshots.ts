import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import {
  isScenario,
  SCENARIOS,
  type ScenarioName,
  scenarioOf,
} from "@secondlook/mock-api/all-scenarios";
import { startMockServer } from "./support/mock-server.ts";

/**
 * `pnpm mock:screenshots [state…]`: photographs the states of mock mode in both themes, into
 * `.mock/screenshots/<state>-<theme>.png`. Fails where a state does not show what it is named for.
 */
const FOLDER = fileURLToPath(new URL("../.mock/screenshots/", import.meta.url));
const THEMES = ["dark", "light"] as const;
/** Long, as other work may keep the machine busy; a state is there in two or three seconds. */
const PATIENCE_MS = 60_000;

const asked = process.argv.slice(2).filter(isScenario);
const names = asked.length > 0 ? asked : Object.keys(SCENARIOS).filter(isScenario);
if (asked.length === 0) await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const server = await startMockServer();
const browser = await chromium.launch({
  executablePath: process.env["SECONDLOOK_BROWSER"] ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const failed: string[] = [];
try {
  for (const theme of THEMES) {
    // One browser's memory for all, which loads a page in half the time; nothing kept is taken over.
    const kept = await openContext(browser, theme);
    for (const name of names) {
      const problem = await photograph(kept, name, theme);
      if (problem !== undefined) failed.push(`${name} ${theme}: ${problem}`);
      console.log(`${name}-${theme}.png${problem === undefined ? "" : ` – ${problem}`}`);
    }
    await kept.context.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
console.log(
  `\n${names.length * THEMES.length} screenshots in ${FOLDER}, ${failed.length} not as named`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

interface Kept {
  readonly context: BrowserContext;
  /** What the browser remembers of its user at the start of each state. */
  readonly memory: Readonly<Record<string, string>>;
}

async function openContext(from: Browser, theme: (typeof THEMES)[number]): Promise<Kept> {
  const context = await from.newContext({
    baseURL: server.url,
    viewport: { width: 1440, height: 900 },
  });
  const memory = { "secondlook-theme": theme, "secondlook-evidence-uncovered": "always" };
  return { context, memory };
}

/** What went wrong, if anything; the picture is taken either way. */
async function photograph(
  { context, memory }: Kept,
  name: ScenarioName,
  theme: (typeof THEMES)[number],
): Promise<string | undefined> {
  const page = await context.newPage();
  await page.addInitScript((fresh) => {
    localStorage.clear();
    for (const [key, value] of Object.entries(fresh)) localStorage.setItem(key, value);
  }, memory);
  try {
    await page.goto(`/?scenario=${name}`);
    return await reach(page, name);
  } finally {
    await settled(page);
    await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`), animations: "disabled" });
    await page.close();
  }
}

async function reach(page: Page, name: ScenarioName): Promise<string | undefined> {
  const { press = [], shows } = scenarioOf(name);
  try {
    const started = page.locator("[data-mock-state=ready], [data-mock-state=failed]");
    await started.waitFor({ timeout: PATIENCE_MS });
    for (const key of press) {
      await page.locator("footer [aria-busy=false]").waitFor({ timeout: PATIENCE_MS });
      await settled(page);
      await page.keyboard.press(key);
    }
    await page.getByText(shows).first().waitFor({ state: "attached", timeout: PATIENCE_MS });
    return undefined;
  } catch {
    return `does not show “${shows}”`;
  }
}

/** Pictures are there and nothing is being asked for. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.waitForTimeout(400);
}
