import { describe, expect, test } from "vitest";

import { findBrowser, type Machine } from "./find-browser.ts";

type Setup = {
  readonly asked?: string;
  readonly there?: readonly string[];
  /** What a successful command puts there. */
  readonly commands?: Readonly<Record<string, string>>;
  readonly isRoot?: boolean;
  readonly isDebian?: boolean;
};

function machineOf(setup: Setup): { readonly machine: Machine; readonly ran: string[] } {
  const there = new Set(setup.there);
  const ran: string[] = [];
  const machine: Machine = {
    asked: setup.asked,
    downloaded: "/cache/chrome",
    isRoot: setup.isRoot ?? false,
    isDebian: setup.isDebian ?? false,
    answers: async (path) => there.has(path),
    async run(command, args) {
      const line = [command, ...args].join(" ");
      ran.push(line);
      const made = Object.entries(setup.commands ?? {}).find(([name]) => line.startsWith(name));
      if (made !== undefined) there.add(made[1]);
      return made !== undefined;
    },
  };
  return { machine, ran };
}

const APT = { "apt-get update": "", "apt-get install": "/usr/bin/chromium" };

describe("looking for a browser", () => {
  test("takes the one asked for before any other", async () => {
    const { machine, ran } = machineOf({ asked: "/my", there: ["/my", "/usr/bin/chromium"] });
    expect(await findBrowser(machine)).toMatchObject({ executablePath: "/my" });
    expect(ran).toEqual([]);
  });

  test("says so when the one asked for does not run, and takes no other", async () => {
    const { machine } = machineOf({ asked: "/my", there: ["/usr/bin/chromium"] });
    await expect(findBrowser(machine)).rejects.toThrow(/SECONDLOOK_BROWSER is \/my/);
  });

  test("takes an installed one without downloading anything", async () => {
    const { machine, ran } = machineOf({ there: ["/usr/bin/google-chrome", "/cache/chrome"] });
    expect((await findBrowser(machine)).executablePath).toBe("/usr/bin/google-chrome");
    expect(ran).toEqual([]);
  });

  test("downloads Playwright's where none is installed, once", async () => {
    const setup = { commands: { "playwright install": "/cache/chrome", ...APT }, isRoot: true };
    const { machine, ran } = machineOf({ ...setup, isDebian: true });
    expect((await findBrowser(machine)).executablePath).toBe("/cache/chrome");
    expect((await findBrowser(machine)).how).toMatch(/there already/);
    expect(ran).toEqual(["playwright install chromium"]);
  });

  test("asks apt where the download fails, as root on Debian only", async () => {
    const root = machineOf({ commands: APT, isRoot: true, isDebian: true });
    expect((await findBrowser(root.machine)).executablePath).toBe("/usr/bin/chromium");
    const user = machineOf({ commands: APT, isDebian: true });
    await expect(findBrowser(user.machine)).rejects.toThrow(/install one and set/);
    expect(user.ran).toEqual(["playwright install chromium"]);
    const mac = machineOf({ commands: APT, isRoot: true });
    await expect(findBrowser(mac.machine)).rejects.toThrow(/install one and set/);
  });

  test("asks apt where the download came but does not run, for want of a library", async () => {
    const commands = { "playwright install": "/elsewhere", ...APT };
    const { machine } = machineOf({ commands, isRoot: true, isDebian: true });
    expect((await findBrowser(machine)).executablePath).toBe("/usr/bin/chromium");
  });
});
