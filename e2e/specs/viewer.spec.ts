import type { Page } from "@playwright/test";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import sharp from "sharp";
import { caseShown, nextStep, sealCandidate } from "../support/bench-keys.ts";
import { evidence } from "../support/evidence.ts";
import { box, colourAt, pictureOf, type Rgb } from "../support/stage-pixels.ts";
import { expect, type Seat, test } from "../support/test.ts";
import { sendCase } from "../support/upstream.ts";

let product: Product;
let database: ProductDatabase;
test.beforeAll(async () => {
  product = await startProduct();
  database = await openDatabase(product);
  await database.changePolicy({ minimumViewSeconds: 0 });
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
});

/** A photo in four colours, one a quarter, clockwise from the upper left. */
async function quarters(colours: readonly [string, string, string, string]) {
  const [width, height] = [800, 800];
  const at = [
    { left: 0, top: 0 },
    { left: 400, top: 0 },
    { left: 400, top: 400 },
    { left: 0, top: 400 },
  ];
  const parts = colours.map((background, index) => ({
    input: { create: { width: 400, height: 400, channels: 3 as const, background } },
    ...at[index],
  }));
  const bytes = await sharp({ create: { width, height, channels: 3, background: "#000" } })
    .composite(parts)
    .png()
    .toBuffer();
  return { bytes: new Uint8Array(bytes) };
}

const RED: Rgb = [200, 0, 0];
const GREEN: Rgb = [0, 160, 0];
const BLUE: Rgb = [0, 0, 220];
const GREY: Rgb = [120, 120, 120];
const hex = (colour: Rgb) => `rgb(${colour.join(",")})`;

type Seats = (product: Product, handle: string, options: object) => Promise<Seat>;

/** A probe in four colours beside an even candidate, opened by its reviewer. */
async function openColours(seat: Seats, id: string): Promise<Page> {
  await database.rows(`update app.round set state = 'closed', holder = null, lease_kind = null`);
  const probe = await quarters([hex(RED), hex(GREEN), hex(BLUE), hex(GREY)]);
  const candidate = await quarters([hex(GREY), hex(GREY), hex(GREY), hex(GREY)]);
  await sendCase(product, {
    externalId: id,
    evidence: [{ ref: "id", kind: "id_photo", file: probe }],
    candidates: [
      { similarity: 91, evidence: [{ ref: "c1", kind: "profile_photo", file: candidate }] },
      { similarity: 92, evidence: [{ ref: "c2", kind: "profile_photo", file: candidate }] },
    ],
  });
  const { page } = await seat(product, "reviewer-1", { path: "/review" });
  await caseShown(page);
  return page;
}

for (const drawing of ["2d", "gl"] as const) {
  test(`both sides are turned, mirrored, toned, wiped and laid over each other, drawn by ${drawing}`, async ({
    seat,
  }) => {
    // WebGL is drawn by software here, which takes several times as long.
    test.setTimeout(240_000);
    const chosen: Seats = async (at, handle) => {
      const viewport =
        drawing === "gl" ? { width: 1024, height: 768 } : { width: 1440, height: 900 };
      const opened = await seat(at, handle, { path: "/cases", viewport });
      // Reading pixels back for a screenshot is slow, and Chromium says so.
      opened.noise.allow(/GPU stall due to ReadPixels/);
      await opened.page.addInitScript(
        (value) => localStorage.setItem("secondlook-drawing", value),
        drawing,
      );
      await opened.page.goto("/review");
      return opened;
    };
    const page = await openColours(chosen, `ver_colours_${drawing}`);
    await expect(page.locator(`[data-drawing="${drawing}"]`)).toBeAttached();
    const { probe, candidate, stage } = await box(page);

    await test.step("side by side", async () => {
      await colourAt(page, probe, [0.3, 0.3], RED);
      await colourAt(page, probe, [0.7, 0.3], GREEN);
      await colourAt(page, candidate, [0.5, 0.5], GREY);
    });
    await test.step("turned by quarters and by degrees", async () => {
      await page.keyboard.press("g");
      await colourAt(page, probe, [0.7, 0.3], RED);
      await page.keyboard.press("Shift+G");
      await colourAt(page, probe, [0.3, 0.3], RED);
      for (let degree = 0; degree < 45; degree += 1) await page.keyboard.press("h");
      await colourAt(page, probe, [0.5, 0.4], RED);
      await page.keyboard.press("0");
    });
    await test.step("mirrored, one side alone", async () => {
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
    await test.step("wiped, by keys and by dragging, both ways", async () => {
      await page.keyboard.press("Shift+W");
      await colourAt(page, stage, [0.45, 0.3], RED);
      await colourAt(page, stage, [0.55, 0.3], GREY);
      for (let step = 0; step < 7; step += 1) await page.keyboard.press("Shift+ArrowRight");
      await colourAt(page, stage, [0.55, 0.3], GREEN);
      const line = stage.x + stage.width * 0.64;
      await page.mouse.move(line, stage.y + stage.height / 2);
      await page.mouse.down();
      await page.mouse.move(stage.x + stage.width * 0.4, stage.y + stage.height / 2, { steps: 4 });
      await page.mouse.up();
      await colourAt(page, stage, [0.45, 0.3], GREY);
      await page.keyboard.press("Shift+W");
      await colourAt(page, stage, [0.45, 0.3], RED);
      await colourAt(page, stage, [0.55, 0.7], GREY);
    });
    await test.step("laid over each other, and the difference", async () => {
      await page.keyboard.press("Shift+O");
      await colourAt(page, stage, [0.45, 0.3], [160, 60, 60]);
      for (let step = 0; step < 10; step += 1) await page.keyboard.press("Shift+ArrowRight");
      await colourAt(page, stage, [0.45, 0.3], GREY);
      await page.keyboard.press("Shift+D");
      await colourAt(page, stage, [0.45, 0.3], [80, 120, 120]);
      await colourAt(page, stage, [0.45, 0.7], [0, 0, 0]);
    });
    await test.step("toned, on both and on one", async () => {
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
  });
}

test("pictures are decoded off the page's own thread, and by the page where the worker is gone", async ({
  seat,
}) => {
  const page = await openColours(seat, "ver_decoding");
  expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual([
    expect.stringMatching(/^\/assets\/picture-worker-/),
  ]);
  // A newer console has taken the place of this one, and its files have other names.
  let asked = 0;
  await page.route("**/picture-worker-*", (route) => {
    asked += 1;
    return route.fulfill({ status: 404 });
  });
  await page.reload();
  await caseShown(page);
  const { probe, candidate } = await box(page);
  await colourAt(page, probe, [0.3, 0.3], RED);
  await colourAt(page, candidate, [0.5, 0.5], GREY);
  expect(asked).toBe(1);
});

test("views move alike or alone, up to 16 times; tones stay while candidates change", async ({
  seat,
}) => {
  const page = await openColours(seat, "ver_moves");
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

  await test.step("one side alone", async () => {
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
  await expect(page.getByText("Toned")).toBeVisible();
  await expect(page.getByRole("slider", { name: "Contrast" })).toHaveValue("-0.8");
});

test("faces are put on each other by their boxes, and by two points on each side", async ({
  seat,
}) => {
  await database.rows(`update app.round set state = 'closed', holder = null, lease_kind = null`);
  const file = await quarters([hex(RED), hex(GREEN), hex(BLUE), hex(GREY)]);
  const faceBox = { left: 0.25, top: 0.25, width: 0.5, height: 0.5, space: "upright" } as const;
  const corner = { ...faceBox, left: 0, top: 0 };
  await sendCase(product, {
    externalId: "ver_align",
    evidence: [{ ref: "id", kind: "id_photo", file: { ...file, faceBox } }],
    candidates: [
      {
        similarity: 91,
        evidence: [{ ref: "c1", kind: "id_photo", file: { ...file, faceBox: corner } }],
      },
    ],
  });
  const { page } = await seat(product, "reviewer-1", { path: "/review" });
  await caseShown(page);
  const { probe, candidate } = await box(page);
  await test.step("by boxes: the candidate's red quarter lies where the probe's face is", async () => {
    await page.keyboard.press("Shift+I");
    await expect(page.getByRole("button", { name: "Align by the faces’ boxes" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await colourAt(page, candidate, [0.6, 0.6], RED);
    await page.keyboard.press("Shift+I");
  });
  await test.step("by points: a side turned by a quarter comes to lie as the other", async () => {
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
    await page.keyboard.press("Enter");
    await expect(page.getByText("Mark the")).toHaveCount(0);
    await expect(page.getByText("Both faces lie on each other, by the eyes.")).toBeAttached();
    await expect(page.getByRole("button", { name: "Align by the eyes" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
  });
});

test("flicker changes sides by itself, and not at all where less motion is asked for", async ({
  seat,
}) => {
  const page = await openColours(seat, "ver_flicker");
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
});

test("detail is fetched by its key alone, once, and stands in the log; how it was looked at is sealed", async ({
  seat,
}) => {
  await database.rows(`update app.round set state = 'closed', holder = null, lease_kind = null`);
  const { probeId, sameId } = await evidence();
  const large = await sharp(probeId.bytes).resize({ width: 2400 }).jpeg().toBuffer();
  const caseId = await sendCase(product, {
    externalId: "ver_detail",
    evidence: [{ ref: "id", kind: "id_photo", file: { ...probeId, bytes: new Uint8Array(large) } }],
    candidates: [{ similarity: 91, evidence: [{ ref: "c1", kind: "id_photo", file: sameId }] }],
  });
  const { page } = await seat(product, "reviewer-1", { path: "/cases" });
  const fetched: string[] = [];
  page.on("response", (response) => {
    const rendition = /^\/media\/[^/]+\/(\w+)$/.exec(new URL(response.url()).pathname)?.[1];
    if (rendition !== undefined) fetched.push(rendition);
  });
  await page.goto("/review");
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
  const reads = await database.rows(
    `select convert_from(leaf, 'UTF8') as leaf from audit.event
     where convert_from(leaf, 'UTF8') like '%media.read%${caseId}%' or convert_from(leaf, 'UTF8') like '%${caseId}%media.read%'`,
  );
  expect(reads.filter((row) => String(row["leaf"]).includes("detail"))).toHaveLength(1);

  await page.keyboard.press("Shift+O");
  await sealCandidate(page, 2);
  await expect(nextStep(page)).toContainText("Reveal");
  const [rating] = await database.rows(
    `select octet_length(probe_viewing) as probe, octet_length(candidate_viewing) as candidate
     from app.rating where case_id = '${caseId}'`,
  );
  expect(Number(rating?.["probe"])).toBeGreaterThan(200);
  expect(Number(rating?.["candidate"])).toBeGreaterThan(200);
});

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
