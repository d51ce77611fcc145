import { gzipSync } from "node:zlib";
import { randomBytes } from "node:crypto";
import { type Browser, chromium, type Page } from "@playwright/test";
import { openDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import sharp from "sharp";
import { percentile, type Report } from "../../../scripts/bench-harness.ts";

const CASES = 55;
/** Bounds in milliseconds at the 95th percentile, and in kilobytes. */
const PREFETCHED_MS = 100;
const FETCHED_MS = 500;
const FIRST_LOAD_KB = 250;

/** How long it took, and which pictures are there now. */
interface Painted {
  readonly ms: number;
  readonly shown: string[];
}

/**
 * The console in Chromium against the built product: how long from Enter until the next case is
 * fully painted, prefetched and not, and how much JavaScript the Review route loads first.
 */
export async function run(report: Report): Promise<void> {
  const product = await startProduct();
  const browser = await chromium.launch({
    executablePath: process.env["SECONDLOOK_BROWSER"] ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const database = await openDatabase(product);
    await database.changePolicy({ minimumViewSeconds: 0, undoSeconds: 0 });
    await database.close();
    await sendCases(product, CASES * 2 + 4);
    report.note(`Each case has three photos of about 1280 × 960; ${CASES} cases of each kind.`);
    await firstLoad(browser, product, report);
    const page = await signedIn(browser, product);
    await page.goto("/review");
    await watchPaint(page);
    await painted(page, null);
    const prefetched = await decideCases(page, "prefetched");
    const fetched = await decideCases(page, "fetched");
    show(report, "Enter to next case painted, prefetched", prefetched, PREFETCHED_MS);
    show(report, "Enter to next case painted, not prefetched", fetched, FETCHED_MS);
  } finally {
    await browser.close();
    await product.stop();
  }
}

function show(report: Report, name: string, values: readonly number[], bound: number): void {
  report.figure(`${name}, p50 of ${values.length}`, percentile(values, 50), "ms");
  report.figure(`${name}, p95`, percentile(values, 95), "ms", { atMost: bound });
}

async function signedIn(browser: Browser, product: Product): Promise<Page> {
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
  return context.newPage();
}

/** What the browser really fetches for /review until a case is on the bench. */
async function firstLoad(browser: Browser, product: Product, report: Report): Promise<void> {
  const page = await signedIn(browser, product);
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto("/review");
  await page
    .getByRole("heading", { name: "Review a possible duplicate" })
    .waitFor({ state: "attached" });
  const sizes = await Promise.all(scripts);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  report.figure(
    `first-load JavaScript of Review, gzipped, ${sizes.length} files`,
    total / 1000,
    "kB",
    {
      atMost: FIRST_LOAD_KB,
    },
  );
  await page.keyboard.press("p");
  await page.getByRole("heading", { name: "Paused" }).waitFor();
  await page.context().close();
}

/** Leaves a watcher in the page that tells when pictures other than the last ones are painted. */
async function watchPaint(page: Page): Promise<void> {
  await page.evaluate(() => {
    let pressed = 0;
    addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Enter") pressed = performance.now();
      },
      { capture: true },
    );
    const shown = (): string[] =>
      [...document.querySelectorAll<HTMLElement>("[data-picture]")].map(
        (side) => side.dataset["picture"] ?? "",
      );
    Object.assign(globalThis, {
      nextPaint: (before: readonly string[]) =>
        new Promise<Painted>((resolve) => {
          const look = (): void => {
            const now = shown();
            if (now.length < 2 || now.some((src) => before.includes(src))) {
              requestAnimationFrame(look);
              return;
            }
            // The frame that this callback belongs to is painted once the next task runs.
            const channel = new MessageChannel();
            channel.port1.addEventListener("message", () =>
              resolve({ ms: performance.now() - pressed, shown: now }),
            );
            channel.port1.start();
            channel.port2.postMessage(null);
          };
          requestAnimationFrame(look);
        }),
    });
  });
}

/** Starts to wait for the next paint; `before` are the pictures that are there now. */
function painted(page: Page, before: readonly string[] | null): Promise<Painted> {
  return page.evaluate<Painted>(`nextPaint(${JSON.stringify(before ?? [])})`);
}

async function decideCases(page: Page, kind: "prefetched" | "fetched"): Promise<number[]> {
  const times: number[] = [];
  const step = page.locator("footer").getByRole("button", { name: /Enter$/ });
  const press = async (words: string): Promise<void> => {
    await step
      .filter({ hasText: words, visible: true })
      .and(page.locator("[aria-busy=false]"))
      .waitFor();
    await page.keyboard.press("Enter");
  };
  for (let count = 0; count < CASES; count += 1) {
    await page.keyboard.press("1");
    await press("Seal");
    await press("Reveal");
    await step.filter({ hasText: "Choose an outcome" }).waitFor();
    await page.keyboard.press("3");
    await page.keyboard.press("6");
    await step.filter({ hasText: "Decide" }).and(page.locator("[aria-busy=false]")).waitFor();
    // A reviewer takes seconds over a case; by then the reserved one is there.
    await page.waitForLoadState("networkidle");
    const { shown } = await page.evaluate(() => ({
      shown: [...document.querySelectorAll<HTMLElement>("[data-picture]")].map(
        (side) => side.dataset["picture"] ?? "",
      ),
    }));
    if (kind === "fetched") {
      await page.keyboard.press("Shift+Enter");
      await page.getByRole("heading", { name: "Paused" }).waitFor();
    }
    const next = painted(page, shown);
    await page.keyboard.press("Enter");
    times.push((await next).ms);
  }
  return times;
}

async function sendCases(product: Product, count: number): Promise<void> {
  const photos = await Promise.all([0, 1, 2].map(() => photo()));
  const capture = { noticeVersion: "2026-03", legalBasis: "contract" };
  for (let index = 0; index < count; index += 1) {
    const body = {
      externalId: `bench-${index}`,
      flaggedAt: "2026-11-02T09:14:03Z",
      region: "VN",
      subject: { externalId: `seller-${index}`, attributes: { fullName: "Nguyen Van A" } },
      capture,
      evidence: [
        { ref: "id", kind: "id_photo" },
        { ref: "profile", kind: "profile_photo" },
      ],
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
          subject: { externalId: `other-${index}`, attributes: {} },
          capture,
          similarity: 90,
          evidence: [{ ref: "c1-id", kind: "id_photo" }],
        },
      ],
    };
    const form = new FormData();
    form.set("case", new Blob([JSON.stringify(body)], { type: "application/json" }), "case.json");
    for (const [at, ref] of ["id", "profile", "c1-id"].entries()) {
      form.set(ref, new Blob([photos[at] ?? new Uint8Array()]), ref);
    }
    const answer = await fetch(`${product.url}/v1/cases`, {
      method: "POST",
      headers: { authorization: `Bearer ${product.ingestKey}` },
      body: form,
    });
    if (answer.status !== 201) throw new Error(`A case was refused: ${await answer.text()}`);
  }
}

/** A picture with as much in it as a photograph of a face. */
async function photo(): Promise<Uint8Array<ArrayBuffer>> {
  const [width, height] = [1280, 960];
  const noise = sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
  return new Uint8Array(await noise.blur(3).jpeg({ quality: 84 }).toBuffer());
}
