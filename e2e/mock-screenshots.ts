import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { isScenario, SCENARIOS, type ScenarioName } from "@secondlook/mock-api/all-scenarios";
import { startMockServer } from "./support/mock-server.ts";
import { openState, settled } from "./support/mock-state.ts";

/**
 * `pnpm mock:screenshots [state…]`: photographs the states of mock mode in both themes, into
 * `.mock/screenshots/<state>-<theme>.png`. Fails where a state does not show what it is named for.
 */
const FOLDER = fileURLToPath(new URL("../.mock/screenshots/", import.meta.url));
const THEMES = ["dark", "light"] as const;

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
    await openState(page, server.url, name);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
  } finally {
    await settled(page);
    await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`), animations: "disabled" });
    await page.close();
  }
}
