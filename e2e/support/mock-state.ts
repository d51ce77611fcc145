import type { Page } from "@playwright/test";
import { type ScenarioName, scenarioOf } from "@secondlook/mock-api/all-scenarios";

/** Long, as other work may keep the machine busy; a state is there in two or three seconds. */
const PATIENCE_MS = 60_000;

/** Opens a state of mock mode and presses its keys; fails where it does not show what it is named for. */
export async function openState(page: Page, url: string, name: ScenarioName): Promise<void> {
  const { press = [], shows } = scenarioOf(name);
  await page.goto(`${url}/?scenario=${name}`);
  const started = page.locator("[data-mock-state=ready], [data-mock-state=failed]");
  await started.waitFor({ timeout: PATIENCE_MS });
  for (const key of press) {
    await page.locator("footer [aria-busy=false]").waitFor({ timeout: PATIENCE_MS });
    await settled(page);
    await page.keyboard.press(key);
  }
  await page.getByText(shows).first().waitFor({ state: "attached", timeout: PATIENCE_MS });
}

/** Pictures are there and nothing is being asked for; where something always is, a while later. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => undefined);
  await page.waitForTimeout(400);
}
