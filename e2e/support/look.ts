import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The sizes that every screen is looked at in. */
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 1024, height: 768 };

/** Looks at the screen as it is, in these sizes; also nothing may run out of the page sideways. */
export async function look(page: Page, state: string, sizes = [WIDE, NARROW]): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page })
      // There are no frames in the console; without them one run in the page itself is all.
      .setLegacyMode(true)
      .options({ resultTypes: ["violations"] })
      .analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map((node) => node.target.join(" ")),
      why: nodes[0]?.any[0]?.message ?? nodes[0]?.failureSummary,
    }));
    expect.soft(found, `${state} at ${size.width}`).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${state} at ${size.width}: overflow in pixels`).toBeLessThanOrEqual(0);
  }
}
