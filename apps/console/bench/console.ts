import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "@playwright/test";
import { openDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { percentile, type Report } from "../../../scripts/bench-harness.ts";
import { sendCases } from "./support/bench-cases.ts";
import { type Memory, memoryOf } from "./support/memory-of.ts";
import { watchTaskTimes } from "./support/task-times.ts";
import { watchWork } from "./support/watch-work.ts";
import { decide, judge } from "./support/work-by-keys.ts";

/** `pnpm bench console --quick` does a fifth, for a look at a change; its bounds say little. */
const SHARE = process.argv.includes("--quick") ? 0.2 : 1;
const CASES = 55 * SHARE;
/** Memory is taken after so many cases, and again after so many. */
const EARLY = 20 * SHARE;
const LATE = 200 * SHARE;
/** Bounds: milliseconds at the 95th percentile, kilobytes, milliseconds, and a ratio. */
const PREFETCHED_MS = 100;
const FETCHED_MS = 500;
const REACTION_MS = 50;
const FIRST_LOAD_KB = 250;
const GROWTH = 1.2;
const LONG_TASK_MS = 50;
const VIEWPORT = { width: 1440, height: 900 };

/** How long it took, and which pictures are there now. */
interface Painted {
  readonly ms: number;
  readonly shown: string[];
}

/**
 * The console in Chromium against the built product: how long from Enter until the next case is
 * fully painted, prefetched and not; how soon a key shows, and what held the page up meanwhile; how
 * memory grows from case to case; and how much JavaScript the Review route loads first.
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
    await sendCases(product, CASES * 2 + LATE + 6);
    report.note(`Each case has three photos of about 1280 × 960; ${CASES} cases of each kind.`);
    await firstLoad(browser, product, report);
    const page = await signedIn(browser, product);
    await page.goto("/review");
    await watchPaint(page);
    await painted(page, null);
    const ended = await watchWork(page);
    const prefetched = await decideCases(page, "prefetched");
    const { reactions, longTasks } = await ended();
    // Not while keys are timed: a trace takes time of its own.
    const tasksEnded = await watchTaskTimes(browser, page);
    const fetched = await decideCases(page, "fetched");
    const mostWork = await tasksEnded();
    show(report, "Enter to next case painted, prefetched", prefetched, PREFETCHED_MS);
    show(report, "Enter to next case painted, not prefetched", fetched, FETCHED_MS);
    show(report, "key to visible reaction", reactions, REACTION_MS);
    const longest = Math.max(0, ...longTasks);
    report.figure(`tasks over 50 ms in ${CASES} cases by keyboard`, longTasks.length, "", {
      atMost: 0,
    });
    report.figure("longest of them by the clock", longest, "ms");
    report.figure("most processor time of any task", mostWork, "ms", { atMost: LONG_TASK_MS });
    await page.context().close();
    await memoryGrowth(browser, product, report);
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** A page of its own, so that nothing but the cases is in it. */
async function memoryGrowth(browser: Browser, product: Product, report: Report): Promise<void> {
  const page = await signedIn(browser, product);
  await page.goto("/review");
  let early: Memory | undefined;
  for (let count = 1; count <= LATE; count += 1) {
    await judge(page);
    await decide(page);
    if (count === EARLY) early = await memoryOf(page);
  }
  const late = await memoryOf(page);
  if (early === undefined) throw new Error("No memory was taken early on.");
  const words = `after ${LATE} cases, of that after ${EARLY}`;
  report.figure(`JavaScript memory after ${EARLY} cases`, early.heap, "MB");
  report.figure(`JavaScript memory ${words}`, late.heap / early.heap, "×", { atMost: GROWTH });
  if (early.process === null || late.process === null) return;
  report.figure(`the page’s process after ${EARLY} cases`, early.process, "MB");
  report.figure(`the page’s process ${words}`, late.process / early.process, "×", {
    atMost: GROWTH,
  });
}

function show(report: Report, name: string, values: readonly number[], bound: number): void {
  report.figure(`${name}, p50 of ${values.length}`, percentile(values, 50), "ms");
  report.figure(`${name}, p95`, percentile(values, 95), "ms", { atMost: bound });
}

async function signedIn(browser: Browser, product: Product): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: VIEWPORT,
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
  await paintWhole(page);
  return page;
}

/**
 * Makes room for a window's own bars. Without it headless Chromium paints a page of 900 pixels down
 * to 813 only: the foot, where Enter answers, never counts as painted.
 */
async function paintWhole(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", {
    windowId,
    bounds: { ...VIEWPORT, height: 1050 },
  });
  await session.detach();
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
  for (let count = 0; count < CASES; count += 1) {
    await judge(page);
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
