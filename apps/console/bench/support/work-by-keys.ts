import type { Page } from "@playwright/test";

/** Judges the case on the bench by keys alone, up to where Enter decides it. */
export async function judge(page: Page): Promise<void> {
  await stepIs(page, "Rate with");
  await page.keyboard.press("z");
  await page.keyboard.press("x");
  await page.keyboard.press("1");
  await press(page, "Seal");
  await press(page, "Reveal");
  await stepIs(page, "Choose an outcome");
  await page.keyboard.press("3");
  await page.keyboard.press("6");
  await stepIs(page, "Decide");
}

/** Decides it and waits until the next case is on the bench. */
export async function decide(page: Page): Promise<void> {
  await page.keyboard.press("Enter");
  await page.getByText("Not rated yet").waitFor();
}

/** Waits until Enter does this, then presses it. */
async function press(page: Page, words: string): Promise<void> {
  await stepIs(page, words);
  await page.keyboard.press("Enter");
}

async function stepIs(page: Page, words: string): Promise<void> {
  await page
    .locator("footer")
    .getByRole("button", { name: /Enter$/ })
    .filter({ hasText: words, visible: true })
    .and(page.locator("[aria-busy=false]"))
    .waitFor();
}
