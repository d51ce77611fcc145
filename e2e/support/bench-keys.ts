import { expect, type Page } from "@playwright/test";

/** The button that says what Enter does next. */
export function nextStep(page: Page) {
  return page.locator("footer").getByRole("button", { name: /Enter$/ });
}

/** Waits until Enter would do this, then presses it. */
export async function enter(page: Page, words: string | RegExp): Promise<void> {
  await expect(nextStep(page)).toContainText(words);
  await expect(nextStep(page)).toHaveAttribute("aria-busy", "false");
  await page.keyboard.press("Enter");
}

/** Waits for a case on the bench, with its evidence there. */
export async function caseShown(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: /^Review a / })).toBeAttached();
  await expect(page.getByText("Opening …")).toHaveCount(0);
}

/** Waits for a case as somebody does who looks again while there is none yet. */
export async function caseComes(page: Page): Promise<void> {
  await expect(async () => {
    if (await page.getByRole("button", { name: /^Look again/ }).isVisible()) {
      await page.keyboard.press("Enter");
    }
    await expect(page.getByRole("heading", { name: /^Review a / })).toBeAttached({
      timeout: 2_000,
    });
  }).toPass({ timeout: 40_000 });
  await caseShown(page);
}

/** Waits until the server has the draft as it is on the screen. */
export async function draftKept(page: Page): Promise<void> {
  await expect(page.locator("footer").getByRole("status")).not.toContainText(/keeping|not kept/);
}

/** Rates the candidate on the stage and seals it. */
export async function sealCandidate(page: Page, digit: 1 | 2 | 3 | 5 | 6 | 7): Promise<void> {
  await page.keyboard.press(String(digit));
  await seal(page);
}

/** Seals what is filled in. */
export async function seal(page: Page): Promise<void> {
  await expect(nextStep(page)).toContainText("Seal");
  // The server takes a seal only after a minimum view, and says so; Enter is pressed again then,
  // but not while one is under way: it would do the step after.
  await expect(async () => {
    const step = nextStep(page);
    const waits = (await step.getAttribute("aria-busy")) === "false";
    if (waits && (await step.textContent())?.includes("Seal")) await page.keyboard.press("Enter");
    await expect(step).not.toContainText("Seal", { timeout: 600 });
  }).toPass({ timeout: 30_000, intervals: [200] });
}

/** Rates and seals every candidate with these digits, and goes up to the reveal. */
export async function sealAll(
  page: Page,
  digits: readonly (1 | 2 | 3 | 5 | 6 | 7)[],
): Promise<void> {
  for (const [index, digit] of digits.entries()) {
    if (index > 0) await enter(page, "Next candidate");
    await sealCandidate(page, digit);
  }
  await expect(nextStep(page)).toContainText("Reveal");
}

/** Presses Enter for the reveal, which without a candidate shows no more, and waits for the machine's view. */
export async function reveal(
  page: Page,
  words: "Reveal" | "Go on to the outcome" = "Reveal",
): Promise<void> {
  await enter(page, words);
  await expect(page.getByRole("heading", { name: "You and the machine" })).toBeVisible();
}

/** Chooses an outcome and its first reason, and writes a rationale. */
export async function fillDecision(
  page: Page,
  options: { outcome: 1 | 2 | 3 | 4 | 5; reason?: 6 | 7 | 8 | 9; rationale?: string },
): Promise<void> {
  await page.keyboard.press(String(options.outcome));
  await page.keyboard.press(String(options.reason ?? 6));
  if (options.rationale === undefined) return;
  await page.keyboard.press("t");
  await page.keyboard.type(options.rationale);
  await page.keyboard.press("Escape");
}

/** Presses Enter for the decision; a harmful one asks for a second stroke. */
export async function decide(page: Page, outcome: string): Promise<void> {
  await enter(page, `Decide “${outcome}”`);
  if (outcome === "Duplicate" || outcome === "Identity mule") await enter(page, "press again");
}

/** Lets the case go: the reason's digit, and for a snooze its length's. */
export async function release(page: Page, digits: readonly number[]): Promise<void> {
  await page.keyboard.press("l");
  await expect(page.getByRole("dialog")).toBeVisible();
  for (const digit of digits) await page.keyboard.press(String(digit));
  await expect(page.getByRole("dialog")).toHaveCount(0);
}
