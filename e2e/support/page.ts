import type { Page } from "@playwright/test";

/** Runs a script on this page now, and before anything else on whatever it opens next. */
export async function runFirst(page: Page, script: string): Promise<void> {
  await page.addInitScript(script);
  await page.evaluate(script);
}

/** Collects the name of every rendition that the page gets from now on. */
export function renditionsInto(fetched: string[], page: Page): void {
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const rendition = /^\/media\/[^/]+\/(\w+)$/.exec(pathname)?.[1];
    if (rendition !== undefined) fetched.push(rendition);
  });
}
