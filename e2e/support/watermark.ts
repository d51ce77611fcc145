import type { Locator } from "@playwright/test";

/** What a watermark says: it is an image, so that no browser draws it anew with every frame. */
export async function wordsOf(mark: Locator): Promise<string | null | undefined> {
  return mark.evaluate((element) => {
    const svg = decodeURIComponent(element.style.backgroundImage.slice(5, -2).split(",")[1] ?? "");
    return new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("text")?.textContent;
  });
}
