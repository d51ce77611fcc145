import { existsSync } from "node:fs";

import { chromium } from "@playwright/test";

import { run } from "./lib/run.ts";

/** What looking for a browser needs of the machine; the tests pass their own. */
export type Machine = {
  /** What `SECONDLOOK_BROWSER` says, if anything. */
  readonly asked: string | undefined;
  /** Where the browser that Playwright downloads would lie. */
  readonly downloaded: string;
  readonly isRoot: boolean;
  readonly isDebian: boolean;
  /** Whether the file exists and answers `--version`; some distributions ship a stub that doesn't. */
  answers(path: string): Promise<boolean>;
  run(command: string, args: readonly string[]): Promise<boolean>;
};

export type FoundBrowser = { readonly executablePath: string; readonly how: string };

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/usr/bin/microsoft-edge-stable",
  "/usr/bin/microsoft-edge",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/**
 * A Chromium for the browser tests: the one asked for, one that is installed, Playwright's own
 * download, or Debian's package. Throws an Error that says what to do where none can be had.
 */
export async function findBrowser(machine: Machine): Promise<FoundBrowser> {
  const { asked, downloaded } = machine;
  if (asked !== undefined && asked !== "") {
    if (await machine.answers(asked)) return { executablePath: asked, how: "SECONDLOOK_BROWSER" };
    throw new Error(
      `SECONDLOOK_BROWSER is ${asked}, which does not run; set it to a Chromium's path or unset it.`,
    );
  }
  for (const path of INSTALLED) {
    if (await machine.answers(path)) return { executablePath: path, how: "installed already" };
  }
  if (await machine.answers(downloaded)) {
    return { executablePath: downloaded, how: "Playwright's download, there already" };
  }
  const fetched = await machine.run("playwright", ["install", "chromium"]);
  if (fetched && (await machine.answers(downloaded))) {
    return { executablePath: downloaded, how: "downloaded by Playwright just now" };
  }
  if (machine.isRoot && machine.isDebian) {
    const installed =
      (await machine.run("apt-get", ["update"])) &&
      (await machine.run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]));
    if (installed && (await machine.answers("/usr/bin/chromium"))) {
      return { executablePath: "/usr/bin/chromium", how: "installed by apt just now" };
    }
  }
  throw new Error(
    "No Chromium was found and none could be installed; install one and set SECONDLOOK_BROWSER to its path.",
  );
}

/** This machine. */
export function thisMachine(): Machine {
  return {
    asked: process.env["SECONDLOOK_BROWSER"],
    downloaded: chromium.executablePath(),
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get"),
    async answers(path) {
      if (!existsSync(path)) return false;
      const { code, output } = await run(path, ["--version"]);
      return code === 0 && /Chrom|Edge/.test(output);
    },
    async run(command, args) {
      console.log(`No browser yet: running ${[command, ...args].join(" ")}`);
      const env = { DEBIAN_FRONTEND: "noninteractive" };
      return (await run(command, args, { show: true, env })).code === 0;
    },
  };
}

if (import.meta.main) {
  const { executablePath, how } = await findBrowser(thisMachine());
  console.log(`${executablePath} (${how})`);
}
