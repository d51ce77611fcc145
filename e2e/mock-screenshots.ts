import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "@playwright/test";
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
  for (const name of names) {
    for (const theme of THEMES) {
      const problem = await photograph(browser, name, theme);
      if (problem !== undefined) failed.push(`${name} ${theme}: ${problem}`);
      console.log(`${name}-${theme}.png${problem === undefined ? "" : ` – ${problem}`}`);
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
console.log(
  `\n${names.length * THEMES.length} screenshots in ${FOLDER}, ${failed.length} not as named`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

/** What went wrong, if anything; the picture is taken either way. */
async function photograph(
  from: Browser,
  name: ScenarioName,
  theme: (typeof THEMES)[number],
): Promise<string | undefined> {
  const context = await from.newContext({
    baseURL: server.url,
    viewport: { width: 1440, height: 900 },
    storageState: {
      cookies: [],
      origins: [
        {
          origin: server.url,
          localStorage: [
            { name: "secondlook-theme", value: theme },
            { name: "secondlook-evidence-uncovered", value: "always" },
          ],
        },
      ],
    },
  });
  const page = await context.newPage();
  try {
    await page.goto(`/?scenario=${name}`);
    return await reach(page, name);
  } finally {
    await settled(page);
    await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`), animations: "disabled" });
    await context.close();
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
