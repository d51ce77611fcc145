import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { findBrowser, thisMachine } from "./find-browser.ts";
import { CHECKOUT, run } from "./lib/run.ts";
import { readReport, type Tally, tallyOf } from "./lib/tally.ts";

/**
 * `pnpm test`: every check, every Vitest project, then the browser tests on the built console. All
 * of them run even where one fails, so that one run tells everything.
 *
 * With arguments only what they name: `pnpm test e2e/…` is passed to Playwright, anything else to
 * Vitest (`pnpm test packages/vault -t nonce`).
 */
const VITEST_REPORT = ".vitest/results.json";
const PLAYWRIGHT_REPORT = ".vitest/playwright.json";
const PLAYWRIGHT_CONFIG = "e2e/playwright.config.ts";

const args = process.argv.slice(2);
const forPlaywright = args.some((arg) => arg.startsWith("e2e"));
const tallies: Tally[] = [];

if (args.length === 0) tallies.push(await check());
if (!forPlaywright) tallies.push(await vitest());
if (args.length === 0 || forPlaywright) tallies.push(await playwright());

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The gates are no tests, so they add nothing to what passed, but a failed check is a failure. */
async function check(): Promise<Tally> {
  console.log("── check");
  const { code } = await run("node", ["scripts/check.ts"], { show: true });
  return { passed: 0, failed: code === 0 ? 0 : 1 };
}

async function vitest(): Promise<Tally> {
  console.log("\n── vitest");
  const report = freshReport(VITEST_REPORT);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${VITEST_REPORT}`];
  const { code } = await run("vitest", ["run", ...reporters, ...args], { show: true });
  return tallyOf(readReport(report), code);
}

async function playwright(): Promise<Tally> {
  console.log("\n── browser tests");
  const failure: Tally = { passed: 0, failed: 1 };
  if (!existsSync(join(CHECKOUT, PLAYWRIGHT_CONFIG))) {
    console.error(`There is no ${PLAYWRIGHT_CONFIG}, so no browser test ran; that is a failure.`);
    return failure;
  }
  const browser = await findBrowser(thisMachine()).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  });
  if (browser === undefined) return failure;
  console.log(`Browser: ${browser.executablePath} (${browser.how})`);
  const build = await run("vite", ["build", "apps/console", "--logLevel", "warn"], { show: true });
  if (build.code !== 0) {
    console.error("The console could not be built, so no browser test ran.");
    return failure;
  }
  const report = freshReport(PLAYWRIGHT_REPORT);
  const options = ["test", "-c", PLAYWRIGHT_CONFIG, "--reporter=list,json"];
  const { code } = await run("playwright", [...options, ...args], {
    show: true,
    env: { SECONDLOOK_BROWSER: browser.executablePath, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return tallyOf(readReport(report), code);
}

/** An absolute path with no file there, so that a report of an earlier run is never counted. */
function freshReport(path: string): string {
  const absolute = join(CHECKOUT, path);
  rmSync(absolute, { force: true });
  return absolute;
}
