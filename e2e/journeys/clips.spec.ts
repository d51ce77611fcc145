import { expect, type Page } from "@playwright/test";
import { caseShown, nextStep, sealCandidate } from "../support/bench-keys.ts";
import { evidence } from "../support/evidence.ts";
import { journey } from "../support/journey.ts";
import { runFirst } from "../support/page.ts";
import type { Place } from "../support/place.ts";

/** Sends a case with a clip on each side. */
async function sendTwoClips(place: Place, externalId: string): Promise<void> {
  const { clip, probeId } = await evidence();
  await place.send({
    externalId,
    evidence: [
      { ref: "clip", kind: "face_clip", file: clip },
      { ref: "id", kind: "id_photo", file: probeId },
    ],
    candidates: [{ similarity: 91, evidence: [{ ref: "c1", kind: "face_clip", file: clip }] }],
  });
}

const side = (page: Page, name: "Probe" | "Candidate") =>
  page.getByRole("region", { name, exact: true }).getByText(/frame \d+ of 16$/);

journey(
  "clips play, stop, step, repeat and go in step, frame by frame and by hand",
  async ({ place }) => {
    await sendTwoClips(place, "ver_clips");
    const page = await place.sit("reviewer-1");
    await caseShown(page);
    const [probe, candidate] = [side(page, "Probe"), side(page, "Candidate")];
    await expect(probe).toHaveText("paused · frame 1 of 16");

    await journey.step("both step alike, and one alone", async () => {
      await page.keyboard.press(".");
      await page.keyboard.press(".");
      await expect(probe).toHaveText(/frame 3 of/);
      await expect(candidate).toHaveText(/frame 3 of/);
      await page
        .getByRole("group", { name: "Clip of the candidate" })
        .getByRole("button", { name: "A frame on" })
        .click();
      await expect(candidate).toHaveText(/frame 4 of/);
      await expect(probe).toHaveText(/frame 3 of/);
    });
    await journey.step("in step the distance between them stays", async () => {
      await page.keyboard.press("Shift+J");
      await page.keyboard.press(".");
      await expect(probe).toHaveText(/frame 4 of/);
      await expect(candidate).toHaveText(/frame 5 of/);
      await page.keyboard.press(",");
      await page.keyboard.press(",");
      await expect(probe).toHaveText(/frame 2 of/);
      await expect(candidate).toHaveText(/frame 3 of/);
      await page.keyboard.press("m");
      await expect(candidate).toHaveText(/^playing/);
      await page.keyboard.press("m");
      await expect(candidate).toHaveText(/^paused/);
      await page.keyboard.press("Shift+J");
    });
    await journey.step("it plays and repeats, or stops at its end", async () => {
      await page.getByRole("slider", { name: "Frame of the probe’s clip" }).fill("13");
      await expect(probe).toHaveText(/frame 14 of/);
      await page.keyboard.press("Escape");
      await page.keyboard.press("m");
      await expect(probe).toHaveText(/^playing · frame [2-6] of/);
      await page.keyboard.press("Shift+K");
      await expect(probe).toHaveText("paused · frame 16 of 16");
    });
    await journey.step("slower, step by step", async () => {
      await page.keyboard.press("Shift+C");
      await expect(page.getByRole("button", { name: "Speed: 0.5 times" })).toHaveCount(2);
    });
  },
);

journey(
  "the sharpest frames are found and led to; pinned ones are compared as stills",
  async ({ place }) => {
    await sendTwoClips(place, "ver_pins");
    const page = await place.sit("reviewer-1");
    await caseShown(page);
    const probe = side(page, "Probe");
    const strip = page.getByRole("slider", { name: "Frame of the probe’s clip" });
    const sharp = page
      .getByRole("group", { name: "Clip of the probe" })
      .getByRole("button", { name: /^Next sharp frame/ });
    await expect(sharp).toHaveAttribute("aria-disabled", "false");
    await sharp.click();
    await expect(strip).toHaveAttribute("aria-valuetext", /one of the sharpest$/);
    const first = await strip.inputValue();
    await page.keyboard.press("Shift+P");
    await page.keyboard.press("Shift+Z");
    await expect(strip).not.toHaveValue(first);
    await expect(strip).toHaveAttribute("aria-valuetext", /one of the sharpest$/);

    await journey.step(
      "a pinned frame comes back from another piece of evidence, and is wiped against the other side",
      async () => {
        await page.keyboard.press("a");
        await expect(page.getByRole("img", { name: "ID photo, Probe", exact: true })).toBeVisible();
        await page
          .getByRole("group", { name: "Evidence of the probe" })
          .getByRole("button", { name: /^Frame \d+$/ })
          .click();
        await expect(probe).toHaveText(new RegExp(`^paused · frame ${Number(first) + 1} of`));
        await page.keyboard.press("Shift+W");
        await expect(page.locator("[data-mode=wipe][data-front]")).toBeVisible();
      },
    );
    await sealCandidate(page, 5);
    await expect(nextStep(page)).toContainText("Reveal");
  },
);

journey(
  "where WebCodecs is missing the browser’s player stands in, and says so",
  async ({ place }) => {
    await sendTwoClips(place, "ver_fallback");
    const page = await place.sit("reviewer-1", (opened) =>
      runFirst(opened, "delete globalThis.VideoDecoder"),
    );
    await caseShown(page);
    const probe = page.getByRole("region", { name: "Probe", exact: true });
    await expect(probe.getByText("browser’s player, steps are approximate")).toBeVisible();
    await page.keyboard.press(".");
    await expect(side(page, "Probe")).toHaveText(/frame 2 of/);
    await page.keyboard.press("Shift+D");
    await expect(page.locator("[data-mode=difference][data-front]")).toBeVisible();
  },
);

journey(
  "a broken clip is explained, counts as seen, and may be judged all the same",
  async ({ place }) => {
    const { brokenClip, clip } = await evidence();
    await place.send({
      externalId: "ver_broken_clip",
      evidence: [{ ref: "clip", kind: "face_clip", file: brokenClip }],
      candidates: [{ similarity: 91, evidence: [{ ref: "c1", kind: "face_clip", file: clip }] }],
    });
    const page = await place.sit("reviewer-1");
    await caseShown(page);
    await expect(
      page
        .getByRole("region", { name: "Probe", exact: true })
        .getByText("This file can’t be decoded"),
    ).toBeVisible();
    await expect(side(page, "Candidate")).toHaveText("paused · frame 1 of 16");
    await expect(page.getByRole("button", { name: /^Overlay/ })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await sealCandidate(page, 5);
    await expect(nextStep(page)).toContainText("Reveal");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "You and the machine" })).toBeVisible();
    // Whoever sees only now that it is not enough needs no second key for the outcome.
    await page.keyboard.press("w");
    await expect(page.getByRole("button", { name: /Wait for a new capture/ })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
  },
);
