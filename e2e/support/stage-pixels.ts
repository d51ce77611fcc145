import { expect, type Page } from "@playwright/test";
import sharp from "sharp";

export type Rgb = readonly [red: number, green: number, blue: number];

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How far a channel may be off: JPEG, and the rounding of tones. */
const OFF = 8;

/** How far around a place is looked: the watermark covers less than half of so much. */
const REACH = 11;

/** Where the stage and its sides are on the page. */
export async function box(
  page: Page,
): Promise<{ stage: Rectangle; probe: Rectangle; candidate: Rectangle }> {
  const of = async (side: string): Promise<Rectangle> => {
    const found = await page.locator(`section[data-side=${side}]`).boundingBox();
    if (found === null) throw new Error(`The ${side} is not on the stage.`);
    return found;
  };
  const [probe, candidate] = [await of("probe"), await of("candidate")];
  const stage = { ...probe, width: candidate.x + candidate.width - probe.x };
  return { stage, probe, candidate };
}

/**
 * The colour on the screen at a place of a square picture that fills a rectangle's shorter side;
 * places are parts of it, from its upper left corner.
 */
export async function pictureOf(
  page: Page,
  within: Rectangle,
  [x, y]: readonly [number, number],
): Promise<number[]> {
  const side = Math.min(within.width, within.height);
  const clip = {
    x: Math.round(within.x + within.width / 2 + (x - 0.5) * side) - REACH,
    y: Math.round(within.y + within.height / 2 + (y - 0.5) * side) - REACH,
    width: 2 * REACH,
    height: 2 * REACH,
  };
  const shot = await page.screenshot({ clip });
  const { data } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const middle = (channel: number): number => {
    const values = data.filter((_, at) => at % 3 === channel).toSorted();
    return values[values.length >> 1] ?? -1;
  };
  return [0, 1, 2].map(middle);
}

/** Waits until a place of a picture shows a colour. */
export async function colourAt(
  page: Page,
  within: Rectangle,
  at: readonly [number, number],
  colour: Rgb,
): Promise<void> {
  await expect
    .poll(async () => {
      const seen = await pictureOf(page, within, at);
      return seen.every((value, channel) => Math.abs(value - (colour[channel] ?? 0)) <= OFF)
        ? [...colour]
        : seen;
    })
    .toEqual([...colour]);
}
