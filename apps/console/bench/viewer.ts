import { type Browser, chromium, type Page } from "@playwright/test";
import { openDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import sharp from "sharp";
import { percentile, type Report } from "../../../scripts/bench-harness.ts";

/** Two pictures of 12 megapixels, one upright and one wide, as phones take them. */
const SIZES = [
  { width: 3000, height: 4000 },
  { width: 4000, height: 3000 },
] as const;
/** `pnpm bench viewer --quick` takes a third. */
const FRAMES = process.argv.includes("--quick") ? 60 : 180;
/** Milliseconds that no frame may take longer than. */
const FRAME_MS = 33;

interface Frames {
  /** Milliseconds between frames. */
  readonly between: number[];
  readonly longTasks: number[];
  /** Milliseconds of processor time on the page's thread a frame, whatever else the machine does. */
  readonly work: number;
}

/**
 * How smoothly two pictures of 12 megapixels are moved on the stage: magnified from 1 to 16 times
 * and moved at once, with every frame asked for, in each way to compare. Drawn as on this machine:
 * by WebGL where there is a graphics processor, else by a plain canvas.
 */
export async function run(report: Report): Promise<void> {
  const product = await startProduct();
  const browser = await chromium.launch({
    executablePath: process.env["SECONDLOOK_BROWSER"] ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const database = await openDatabase(product);
    await database.changePolicy({ minimumViewSeconds: 0 });
    await database.close();
    await sendPair(product);
    const page = await openDetail(browser, product);
    const drawing = await page.locator("[data-drawing]").getAttribute("data-drawing");
    report.note(
      `Two pictures of 12 megapixels on a stage of ${await stageSize(page)} px, drawn by ${drawing === "gl" ? "WebGL" : "a plain canvas, as this machine has no graphics processor"}; ${FRAMES} frames each.`,
    );
    for (const [name, key] of [
      ["side by side", "Shift+S"],
      ["wipe", "Shift+W"],
      ["overlay", "Shift+O"],
      ["difference", "Shift+D"],
    ] as const) {
      await page.keyboard.press(key);
      show(report, name, await move(page));
    }
    await page.keyboard.press("Shift+S");
    await page.keyboard.press("Shift+T");
    await page.getByRole("slider", { name: "Contrast" }).fill("0.3");
    await page.getByRole("slider", { name: "Sharpen" }).fill("1");
    show(report, "side by side, toned and sharpened", await move(page), { isBound: false });
  } finally {
    await browser.close();
    await product.stop();
  }
}

function show(report: Report, name: string, frames: Frames, options = { isBound: true }): void {
  const { between, longTasks } = frames;
  report.figure(`${name}: work a frame, mean processor time`, frames.work, "ms");
  report.figure(`${name}: frame p50`, percentile(between, 50), "ms");
  report.figure(`${name}: frame p95`, percentile(between, 95), "ms");
  const longest = percentile(between, 100);
  report.figure(
    `${name}: longest frame`,
    longest,
    "ms",
    options.isBound ? { atMost: FRAME_MS } : undefined,
  );
  report.figure(`${name}: tasks over 50 ms`, longTasks.length, "");
}

/** Turns the wheel and drags, each once a frame, as fast as frames come. */
async function move(page: Page): Promise<Frames> {
  await page.keyboard.press("0");
  await page.waitForTimeout(500);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const seconds = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find((metric) => metric.name === "TaskDuration")?.value ?? Number.NaN;
  };
  const before = await seconds();
  const frames = await turnAndDrag(page);
  const after = await seconds();
  await session.detach();
  return { ...frames, work: ((after - before) * 1000) / FRAMES };
}

async function turnAndDrag(page: Page): Promise<Omit<Frames, "work">> {
  return page.evaluate(async (count) => {
    const stage = document.querySelector("section[data-side=probe]")?.parentElement;
    if (!stage) throw new Error("There is no stage.");
    const { left, top, width, height } = stage.getBoundingClientRect();
    const at = (x: number, y: number) => ({
      bubbles: true,
      cancelable: true,
      pointerId: 1,
      clientX: left + width * x,
      clientY: top + height * y,
    });
    // A made-up pointer can't be captured; the stage asks for it only as a courtesy.
    stage.setPointerCapture = () => undefined;
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(entry.duration);
    });
    observer.observe({ type: "longtask" });
    const between: number[] = [];
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    stage.dispatchEvent(new PointerEvent("pointerdown", { ...at(0.3, 0.5), button: 0 }));
    await frame();
    let last = await frame();
    for (let index = 0; index < count; index += 1) {
      const turn = (index / count) * 2 * Math.PI;
      const deltaY = index < count / 2 ? -25 : 25;
      stage.dispatchEvent(new WheelEvent("wheel", { ...at(0.25, 0.4), deltaY }));
      const to = at(0.3 + 0.1 * Math.sin(turn * 3), 0.5 + 0.1 * Math.cos(turn * 2));
      stage.dispatchEvent(new PointerEvent("pointermove", to));
      const now = await frame();
      between.push(now - last);
      last = now;
    }
    stage.dispatchEvent(new PointerEvent("pointerup", at(0.3, 0.5)));
    observer.disconnect();
    return { between, longTasks };
  }, FRAMES);
}

async function openDetail(browser: Browser, product: Product): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: { width: 1440, height: 900 },
    storageState: {
      cookies: [],
      origins: [
        {
          origin: product.url,
          localStorage: [{ name: "secondlook-evidence-uncovered", value: "always" }],
        },
      ],
    },
  });
  await context.request.post("/auth/demo", { data: { account: "reviewer-1" } });
  const page = await context.newPage();
  await page.goto("/review");
  await page.getByRole("region", { name: "Probe", exact: true }).getByRole("img").waitFor();
  await page.keyboard.press("Shift+Q");
  await page.keyboard.press("Shift+E");
  for (const side of ["Probe", "Candidate"]) {
    const region = page.getByRole("region", { name: side, exact: true });
    await region.getByRole("img", { name: /in detail$/ }).waitFor({ timeout: 60_000 });
  }
  await page.waitForTimeout(1000);
  return page;
}

async function stageSize(page: Page): Promise<string> {
  const canvas = await page.locator("[data-drawing] canvas").boundingBox();
  return canvas === null ? "?" : `${Math.round(canvas.width)} × ${Math.round(canvas.height)}`;
}

async function sendPair(product: Product): Promise<void> {
  const [probe, candidate] = await Promise.all(SIZES.map(photo));
  const capture = { noticeVersion: "2026-03", legalBasis: "contract" };
  const body = {
    externalId: "bench-viewer",
    flaggedAt: "2026-11-02T09:14:03Z",
    region: "VN",
    subject: { externalId: "seller", attributes: {} },
    capture,
    evidence: [{ ref: "id", kind: "id_photo" }],
    matcher: {
      provider: "bench",
      modelVersion: "1",
      gallery: "bench",
      searchedAt: "2026-11-02T09:13:00Z",
      scoreScale: "0-100",
      threshold: 80,
      recommendation: "same_person",
    },
    candidates: [
      {
        subject: { externalId: "other", attributes: {} },
        capture,
        similarity: 90,
        evidence: [{ ref: "c1", kind: "id_photo" }],
      },
    ],
  };
  const form = new FormData();
  form.set("case", new Blob([JSON.stringify(body)], { type: "application/json" }), "case.json");
  form.set("id", new Blob([probe ?? new Uint8Array()]), "id");
  form.set("c1", new Blob([candidate ?? new Uint8Array()]), "c1");
  const answer = await fetch(`${product.url}/v1/cases`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.ingestKey}` },
    body: form,
  });
  if (answer.status !== 201) throw new Error(`The case was refused: ${await answer.text()}`);
}

/** A picture with detail at every size, as a photograph has. */
async function photo(size: {
  readonly width: number;
  readonly height: number;
}): Promise<Uint8Array<ArrayBuffer>> {
  const noise = { type: "gaussian", mean: 128, sigma: 50 } as const;
  const coarse = await sharp({
    create: {
      width: Math.round(size.width / 16),
      height: Math.round(size.height / 16),
      channels: 3,
      background: "#888",
      noise,
    },
  })
    .resize(size.width, size.height)
    .png({ compressionLevel: 0 })
    .toBuffer();
  const fine = await sharp({ create: { ...size, channels: 3, background: "#888", noise } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const mixed = await sharp(coarse)
    .composite([{ input: fine, blend: "soft-light" }])
    .jpeg({ quality: 88 })
    .toBuffer();
  return new Uint8Array(mixed);
}
