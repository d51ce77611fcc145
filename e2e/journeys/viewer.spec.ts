import { expect, type Page } from "@playwright/test";
import { QUARTERS } from "@secondlook/mock-api/known-files";
import { caseShown, enter, nextStep, sealCandidate } from "../support/bench-keys.ts";
import { evidence } from "../support/evidence.ts";
import { journey } from "../support/journey.ts";
import { renditionsInto, runFirst } from "../support/page.ts";
import type { Place } from "../support/place.ts";
import { box, colourAt, pictureOf } from "../support/stage-pixels.ts";

const [RED, GREEN, , GREY] = QUARTERS;

/** A probe in four colours beside an even candidate, opened by its reviewer. */
async function openColours(
  place: Place,
  externalId: string,
  prepare?: (page: Page) => Promise<void>,
): Promise<Page> {
  const { quarters, even } = await evidence();
  await place.send({
    externalId,
    evidence: [{ ref: "id", kind: "id_photo", file: quarters }],
    candidates: [
      { similarity: 91, evidence: [{ ref: "c1", kind: "profile_photo", file: even }] },
      { similarity: 92, evidence: [{ ref: "c2", kind: "profile_photo", file: even }] },
    ],
  });
  const page = await place.sit("reviewer-1", prepare);
  await caseShown(page);
  return page;
}

for (const drawing of ["2d", "gl"] as const) {
  journey(
    `both sides are turned, mirrored, toned, wiped and laid over each other, drawn by ${drawing}`,
    async ({ place }) => {
      // WebGL is drawn by software here, which takes several times as long.
      journey.setTimeout(240_000);
      const page = await openColours(place, `ver_colours_${drawing}`, async (opened) => {
        if (drawing === "gl") await opened.setViewportSize({ width: 1024, height: 768 });
        await runFirst(opened, `localStorage.setItem("secondlook-drawing", "${drawing}")`);
      });
      await expect(page.locator(`[data-drawing="${drawing}"]`)).toBeAttached();
      const { probe, candidate, stage } = await box(page);

      await journey.step("side by side", async () => {
        await colourAt(page, probe, [0.3, 0.3], RED);
        await colourAt(page, probe, [0.7, 0.3], GREEN);
        await colourAt(page, candidate, [0.5, 0.5], GREY);
      });
      await journey.step("turned by quarters and by degrees", async () => {
        await page.keyboard.press("g");
        await colourAt(page, probe, [0.7, 0.3], RED);
        await page.keyboard.press("Shift+G");
        await colourAt(page, probe, [0.3, 0.3], RED);
        for (let degree = 0; degree < 45; degree += 1) await page.keyboard.press("h");
        await colourAt(page, probe, [0.5, 0.4], RED);
        await page.keyboard.press("0");
      });
      await journey.step("mirrored, one side alone", async () => {
        await page.keyboard.press("y");
        await page.keyboard.press("Shift+M");
        await colourAt(page, probe, [0.3, 0.3], GREEN);
        await page.keyboard.press("Shift+M");
        await page.keyboard.press("y");
        await page.keyboard.press("y");
        await expect(page.getByRole("button", { name: "Both", exact: true })).toHaveAttribute(
          "aria-pressed",
          "true",
        );
      });
      await journey.step("wiped, by keys and by dragging, both ways", async () => {
        await page.keyboard.press("Shift+W");
        await colourAt(page, stage, [0.45, 0.3], RED);
        await colourAt(page, stage, [0.55, 0.3], GREY);
        for (let step = 0; step < 7; step += 1) await page.keyboard.press("Shift+ArrowRight");
        await colourAt(page, stage, [0.55, 0.3], GREEN);
        const line = stage.x + stage.width * 0.64;
        await page.mouse.move(line, stage.y + stage.height / 2);
        await page.mouse.down();
        await page.mouse.move(stage.x + stage.width * 0.4, stage.y + stage.height / 2, {
          steps: 4,
        });
        await page.mouse.up();
        await colourAt(page, stage, [0.45, 0.3], GREY);
        await page.keyboard.press("Shift+W");
        await colourAt(page, stage, [0.45, 0.3], RED);
        await colourAt(page, stage, [0.55, 0.7], GREY);
        const across = await page.locator("[data-mode=wipe_across][data-control]").boundingBox();
        expect(across?.width).toBeCloseTo(stage.width, -1);
      });
      await journey.step("laid over each other, and the difference", async () => {
        await page.keyboard.press("Shift+O");
        await colourAt(page, stage, [0.45, 0.3], [160, 60, 60]);
        for (let step = 0; step < 10; step += 1) await page.keyboard.press("Shift+ArrowRight");
        await colourAt(page, stage, [0.45, 0.3], GREY);
        await page.keyboard.press("Shift+D");
        await colourAt(page, stage, [0.45, 0.3], [80, 120, 120]);
        await colourAt(page, stage, [0.45, 0.7], [0, 0, 0]);
      });
      await journey.step("toned, on both and on one", async () => {
        await page.keyboard.press("Shift+S");
        await page.keyboard.press("Shift+T");
        const brightness = page.getByRole("slider", { name: "Brightness" });
        await expect(brightness).toBeFocused();
        await brightness.fill("0.2");
        // The row of sliders made the stage less high.
        const lower = await box(page);
        await colourAt(page, lower.candidate, [0.5, 0.5], [171, 171, 171]);
        await colourAt(page, lower.probe, [0.3, 0.3], [251, 51, 51]);
        await page.keyboard.press("Escape");
        await page.keyboard.press("Shift+R");
        await page.keyboard.press("y");
        await page.getByRole("slider", { name: "Saturation" }).fill("0");
        await page.keyboard.press("Escape");
        await colourAt(page, lower.probe, [0.3, 0.3], [43, 43, 43]);
        await colourAt(page, lower.candidate, [0.5, 0.5], GREY);
      });
    },
  );
}

journey(
  "views move alike or alone, up to 16 times; tones stay while candidates change",
  async ({ place }) => {
    const page = await openColours(place, "ver_moves");
    const { probe, candidate } = await box(page);
    const scale = page.locator("[data-scale]");
    await page.mouse.move(probe.x + probe.width * 0.3, probe.y + probe.height * 0.3);
    for (let turn = 0; turn < 30; turn += 1) await page.mouse.wheel(0, -200);
    await expect(scale).toHaveText("16.0×");
    await colourAt(page, probe, [0.7, 0.7], RED);
    await page.keyboard.press("0");
    await expect(scale).toHaveText("1.0×");

    await page.mouse.down();
    await page.mouse.move(probe.x + probe.width * 0.3 + 150, probe.y + probe.height * 0.3 + 150, {
      steps: 5,
    });
    await page.mouse.up();
    await colourAt(page, probe, [0.65, 0.6], RED);
    await page.keyboard.press("0");

    await journey.step("one side alone", async () => {
      await page.getByRole("button", { name: "Candidate", exact: true }).click();
      await page.keyboard.press("-");
      await page.keyboard.press("-");
      await page.keyboard.press("-");
      await expect(scale).toHaveText("0.5×");
      await colourAt(page, probe, [0.3, 0.3], RED);
      const corner = await pictureOf(page, candidate, [0.08, 0.5]);
      expect(corner).not.toEqual([...GREY]);
      await page.keyboard.press("0");
    });
    await page.getByRole("button", { name: "Both", exact: true }).click();
    await page.keyboard.press("Shift+T");
    await page.getByRole("slider", { name: "Contrast" }).fill("-0.8");
    await page.keyboard.press("Escape");
    await sealCandidate(page, 2);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Candidate 2 of 2" })).toBeVisible();
    await expect(page.getByText("Both toned")).toBeVisible();
    await expect(page.getByRole("slider", { name: "Contrast" })).toHaveValue("-0.8");
  },
);

journey(
  "faces are put on each other by their boxes, and by two points on each side",
  async ({ place }) => {
    const { quartersMiddle, quartersCorner } = await evidence();
    await place.send({
      externalId: "ver_align",
      evidence: [{ ref: "id", kind: "id_photo", file: quartersMiddle }],
      candidates: [
        { similarity: 91, evidence: [{ ref: "c1", kind: "id_photo", file: quartersCorner }] },
      ],
    });
    const page = await place.sit("reviewer-1");
    await caseShown(page);
    const { probe, candidate } = await box(page);
    await journey.step(
      "by boxes: the candidate's red quarter lies where the probe's face is",
      async () => {
        await page.keyboard.press("Shift+I");
        await expect(
          page.getByRole("button", { name: "Align by the faces’ boxes" }),
        ).toHaveAttribute("aria-pressed", "true");
        await colourAt(page, candidate, [0.6, 0.6], RED);
        await page.keyboard.press("Shift+I");
      },
    );
    await journey.step(
      "by points: a side turned by a quarter comes to lie as the other",
      async () => {
        await page.keyboard.press("y");
        await page.keyboard.press("y");
        await page.keyboard.press("g");
        await page.keyboard.press("y");
        await page.keyboard.press("i");
        await expect(
          page.getByText("Mark the left eye of the probe, as you see it", { exact: true }),
        ).toBeVisible();
        const click = async (pane: typeof probe, x: number, y: number): Promise<void> => {
          const side = Math.min(pane.width, pane.height);
          await page.mouse.click(
            pane.x + pane.width / 2 + (x - 0.5) * side,
            pane.y + pane.height / 2 + (y - 0.5) * side,
          );
        };
        await click(probe, 0.3, 0.4);
        await expect(
          page.getByText("Mark the right eye of the probe, as you see it", { exact: true }),
        ).toBeVisible();
        await click(probe, 0.7, 0.4);
        await click(candidate, 0.4, 0.3);
        // The last one by keyboard, in a few strokes.
        expect(await steerTo(page, candidate, [0.6, 0.7])).toBeLessThan(24);
        await enter(page, "Put the point");
        await expect(page.getByText("Mark the")).toHaveCount(0);
        await expect(nextStep(page)).not.toContainText("Put the point");
        await expect(page.getByText("Both faces lie on each other, by the eyes.")).toBeAttached();
        await expect(page.getByRole("button", { name: "Align by the eyes" })).toHaveAttribute(
          "aria-pressed",
          "true",
        );
      },
    );
  },
);

journey(
  "flicker changes sides by itself, and not at all where less motion is asked for",
  async ({ place }) => {
    const page = await openColours(place, "ver_flicker");
    const panes = page.locator("[data-front]");
    await page.keyboard.press("Shift+F");
    await expect(panes).toHaveAttribute("data-mode", "flicker");
    const first = await panes.getAttribute("data-front");
    await expect(panes).not.toHaveAttribute("data-front", first ?? "");
    await expect(panes).toHaveAttribute("data-front", first ?? "");

    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.keyboard.press("Shift+S");
    await page.keyboard.press("Shift+F");
    await expect(panes).toHaveAttribute("data-mode", "side");
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press("v");
      await expect(panes).not.toHaveAttribute("data-mode", "flicker");
    }
  },
);

journey(
  "detail is fetched by its key alone, once, and stands in the log; how it was looked at is sealed",
  async ({ place }) => {
    const { largeId, sameId } = await evidence();
    const caseId = await place.send({
      externalId: "ver_detail",
      evidence: [{ ref: "id", kind: "id_photo", file: largeId }],
      candidates: [{ similarity: 91, evidence: [{ ref: "c1", kind: "id_photo", file: sameId }] }],
    });
    const fetched: string[] = [];
    const page = await place.sit("reviewer-1", (opened) => renditionsInto(fetched, opened));
    await caseShown(page);
    expect(fetched.toSorted()).toEqual(["face", "face"]);
    const probe = page.getByRole("region", { name: "Probe", exact: true });
    for (const words of [
      "ID photo, Probe, in detail",
      "ID photo, Probe",
      "ID photo, Probe, in detail",
    ]) {
      await page.keyboard.press("Shift+Q");
      await expect(probe.getByRole("img", { name: words, exact: true })).toBeVisible();
    }
    expect(fetched.toSorted()).toEqual(["detail", "face", "face"]);
    const reads = await place.rows(
      `select convert_from(leaf, 'UTF8') as leaf from audit.event
     where convert_from(leaf, 'UTF8') like '%media.read%${caseId}%' or convert_from(leaf, 'UTF8') like '%${caseId}%media.read%'`,
    );
    expect(reads.filter((row) => String(row["leaf"]).includes("detail"))).toHaveLength(1);

    await page.keyboard.press("Shift+O");
    await sealCandidate(page, 2);
    await expect(nextStep(page)).toContainText("Reveal");
    const [rating] = await place.rows(
      `select octet_length(probe_viewing) as probe, octet_length(candidate_viewing) as candidate
     from app.rating where case_id = '${caseId}'`,
    );
    expect(Number(rating?.["probe"])).toBeGreaterThan(200);
    expect(Number(rating?.["candidate"])).toBeGreaterThan(200);
  },
);

/** Moves the crosshair to a place of a pane, of ratios of its shorter side; the strokes it took. */
async function steerTo(
  page: Page,
  pane: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  [x, y]: readonly [number, number],
): Promise<number> {
  const side = Math.min(pane.width, pane.height);
  const target = {
    x: pane.x + pane.width / 2 + (x - 0.5) * side,
    y: pane.y + pane.height / 2 + (y - 0.5) * side,
  };
  const crosshair = page.locator("[data-crosshair]");
  for (let strokes = 0; strokes < 60; strokes += 1) {
    const at = await crosshair.boundingBox();
    if (at === null) break;
    const by = { x: target.x - at.x - at.width / 2, y: target.y - at.y - at.height / 2 };
    if (Math.hypot(by.x, by.y) < side * 0.01) return strokes;
    const key =
      Math.abs(by.x) > Math.abs(by.y)
        ? by.x > 0
          ? "ArrowRight"
          : "ArrowLeft"
        : by.y > 0
          ? "ArrowDown"
          : "ArrowUp";
    await page.keyboard.press(key);
  }
  throw new Error("the crosshair did not get there");
}
