import { type Browser, chromium, type Page } from "@playwright/test";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { percentile, type Report, spread } from "../../../scripts/bench-harness.ts";

const PORT = 4599;
const URL_OF_MOCK = `http://127.0.0.1:${PORT}`;
const CONSOLE = fileURLToPath(new URL("../", import.meta.url));
const ROUNDS = 5;
const CALLS = 200;
/** Bounds in milliseconds. */
const WARM_MS = 3_000;
const COLD_MS = 6_000;
const CALL_MS = 30;
/** Until a new window has drawn its own start page, which is none of mock mode’s work. */
const WINDOW_MS = 2_000;
/** The first page waits until Vite has prepared its modules. */
const PATIENCE_MS = 120_000;

/**
 * Mock mode in Chromium: from the page's load to the first case painted, in a browser that never saw
 * it and in one that did, and how long a call takes that reads the queue and one that writes.
 */
export async function run(report: Report): Promise<void> {
  const stop = await serve();
  const browser = await chromium.launch({
    executablePath: process.env["SECONDLOOK_BROWSER"] ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    // Vite prepares its modules once for whoever asks first.
    const first = await open(browser);
    await firstCase(await first.newPage());
    await first.close();
    const cold: number[] = [];
    const warm: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const context = await open(browser);
      const page = await context.newPage();
      await page.waitForTimeout(WINDOW_MS);
      cold.push(await firstCase(page));
      warm.push(await firstCase(page));
      await context.close();
    }
    report.figure("page load to first case painted, cold", spread(cold), "ms", { atMost: COLD_MS });
    report.figure("page load to first case painted, warm", spread(warm), "ms", { atMost: WARM_MS });
    const page = await (await open(browser)).newPage();
    await firstCase(page);
    const calls = await timeCalls(page);
    report.figure(`a call, p50 of ${calls.length}`, percentile(calls, 50), "ms");
    report.figure("a call, p95", percentile(calls, 95), "ms", { atMost: CALL_MS });
  } finally {
    await browser.close();
    await stop();
  }
}

/** A browser of its own, in which the evidence is not covered. */
function open(browser: Browser) {
  const uncovered = { name: "secondlook-evidence-uncovered", value: "always" };
  return browser.newContext({
    viewport: { width: 1440, height: 900 },
    storageState: { cookies: [], origins: [{ origin: URL_OF_MOCK, localStorage: [uncovered] }] },
  });
}

async function firstCase(page: Page): Promise<number> {
  const started = performance.now();
  await page.goto(`${URL_OF_MOCK}/?scenario=busy`, { waitUntil: "commit" });
  await page
    .getByRole("heading", { name: /^Review a / })
    .waitFor({ state: "attached", timeout: PATIENCE_MS });
  const opening = page.getByText("Opening …").first();
  await opening.waitFor({ state: "detached", timeout: PATIENCE_MS });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
  return performance.now() - started;
}

/** Calls one after the other, as the console sends them. */
function timeCalls(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const times: number[] = [];
    for (let call = 0; call < count; call += 1) {
      const started = performance.now();
      const response = await fetch("/trpc/session.me");
      await response.json();
      times.push(performance.now() - started);
    }
    return times;
  }, CALLS);
}

/** Serves mock mode; its data is made first where that is missing. */
async function serve(): Promise<() => Promise<void>> {
  const vite = spawn("vite", [".", "--config", "vite.mock.config.ts"], {
    cwd: CONSOLE,
    env: { ...process.env, PORT: String(PORT), NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    let said = "";
    vite.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (said.includes(URL_OF_MOCK)) resolve();
    });
    vite.once("error", reject);
    vite.once("exit", (code) => reject(new Error(`Vite ended with ${code}: ${said}`)));
  });
  return async () => {
    const ended = new Promise((resolve) => vite.once("exit", resolve));
    vite.kill("SIGTERM");
    await ended;
  };
}
