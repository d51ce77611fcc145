import { expect, type Locator, type Page } from "@playwright/test";
import sharp from "sharp";
import { caseShown } from "../support/bench-keys.ts";
import { evidence } from "../support/evidence.ts";
import { journey } from "../support/journey.ts";
import { wordsOf } from "../support/watermark.ts";

/** Pixels, and how much each was changed by the watermark. */
interface Marked {
  readonly width: number;
  readonly height: number;
  /** Lighter or darker by so many of 255 levels. */
  readonly by: readonly number[];
}

/** What the watermark does to the pixels of a place, or of a part of it. */
async function marksOn(page: Page, place: Locator, part = { from: 0, to: 1 }): Promise<Marked> {
  const box = await place.boundingBox();
  if (box === null) throw new Error("It is not on the page.");
  const clip = {
    x: Math.ceil(box.x),
    y: Math.ceil(box.y + box.height * part.from),
    width: Math.floor(box.width),
    height: Math.floor(box.height * (part.to - part.from)),
  };
  const shot = async () =>
    sharp(await page.screenshot({ clip }))
      .greyscale()
      .raw()
      .toBuffer();
  const show = (display: string) =>
    page.evaluate((value) => {
      for (const mark of document.querySelectorAll<HTMLElement>("[data-over]")) {
        mark.style.display = value;
      }
    }, display);
  const [withIt] = [await shot(), await show("none")];
  const without = await shot();
  await show("");
  const by = Array.from(withIt, (value, index) => value - (without[index] ?? 0));
  return { width: clip.width, height: clip.height, by };
}

const shareOf = (values: readonly number[], is: (value: number) => boolean): number =>
  values.filter(is).length / values.length;

journey(
  "name and time can be read on dark and light, hide little, and stand in every part",
  async ({ place }) => {
    const { bands: file } = await evidence();
    await place.send({
      externalId: "ver_watermark",
      evidence: [{ ref: "id", kind: "profile_photo", file }],
      candidates: [{ similarity: 91, evidence: [{ ref: "c1", kind: "profile_photo", file }] }],
    });
    const page = await place.sit("reviewer-1");
    await caseShown(page);
    expect(await wordsOf(page.locator("[data-over=stage]"))).toMatch(
      /^.+ \(reviewer-1\) · \d{4}-\d\d-\d\d \d\d:\d\d$/,
    );
    const probe = page.locator("section[data-side=probe]");
    for (const [name, from] of [
      ["dark", 0.04],
      ["grey", 0.37],
      ["light", 0.7],
    ] as const) {
      await journey.step(`on ${name}`, async () => {
        const { by } = await marksOn(page, probe, { from, to: from + 0.26 });
        const strongest = Math.max(...by.map(Math.abs));
        expect(strongest, "levels between a letter and what is below it").toBeGreaterThan(40);
        expect(shareOf(by, (change) => Math.abs(change) > 8)).toBeLessThan(0.09);
        const mean = by.reduce((sum, change) => sum + change, 0) / by.length;
        expect(Math.abs(mean), "lighter or darker as a whole").toBeLessThan(2);
      });
    }
    await journey.step("no part as large as a face is without it", async () => {
      const { width: across, height: down, by } = await marksOn(page, probe);
      const face = 240;
      for (let top = 0; top + face <= down; top += 40) {
        for (let left = 0; left + face <= across; left += 40) {
          const part = by.filter((_, at) => {
            const [x, y] = [at % across, Math.floor(at / across)];
            return x >= left && x < left + face && y >= top && y < top + face;
          });
          const lettered = part.filter((change) => Math.abs(change) > 20).length;
          expect(lettered, `pixels of letters from ${left}, ${top}`).toBeGreaterThan(100);
        }
      }
    });
  },
);

journey("the small pictures of a clip carry it, too", async ({ place }) => {
  const { clip, sameId } = await evidence();
  await place.send({
    externalId: "ver_watermark_strip",
    evidence: [{ ref: "clip", kind: "face_clip", file: clip }],
    candidates: [{ similarity: 91, evidence: [{ ref: "c1", kind: "id_photo", file: sameId }] }],
  });
  const page = await place.sit("reviewer-2");
  await caseShown(page);
  const strip = page.locator("div:has(> [data-over=strip])");
  expect(await wordsOf(strip.locator("[data-over]"))).toMatch(
    /^.+ \(reviewer-2\) · \d{4}-\d\d-\d\d \d\d:\d\d$/,
  );
  await expect(page.getByRole("button", { name: "Next sharp frame" })).toHaveAttribute(
    "aria-disabled",
    "false",
  );
  const { by } = await marksOn(page, strip);
  expect(Math.max(...by.map(Math.abs))).toBeGreaterThan(60);
  expect(shareOf(by, (change) => Math.abs(change) > 20)).toBeGreaterThan(0.02);
});
