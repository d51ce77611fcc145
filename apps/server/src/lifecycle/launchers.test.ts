import { describe, expect, it } from "vitest";
import { type Ancestor, launchersOf } from "./launchers.ts";

/** A chain of parents, nearest first. */
function chain(...commands: readonly string[]): readonly Ancestor[] {
  return commands.map((command, i) => ({ pid: 100 - i, parent: 99 - i, command }));
}

function launchers(...commands: readonly string[]): readonly string[] {
  return launchersOf(chain(...commands)).map(({ command }) => command);
}

describe("launchersOf", () => {
  it("reaches up to npx, through pnpm and the shells between them", () => {
    expect(
      launchers(
        "sh -c trap 'if …' INT; node -r ./scripts/node-guard.cjs apps/server/src/cli.ts start",
        "pnpm start",
        "sh -c 'pnpm' start",
        "npm exec pnpm@12 start",
        "-bash",
        "sshd: rosa [priv]",
      ),
    ).toHaveLength(4);
  });

  it("counts another Node program as one, by whatever path it was started", () => {
    expect(launchers("/usr/local/bin/node run.js", "/sbin/init")).toHaveLength(1);
    expect(launchers("node (vitest 1)", "pnpm test", "bash")).toHaveLength(2);
  });

  it("leaves out a person's shell, so that a server in the background outlives it", () => {
    expect(launchers("-bash", "sshd: rosa")).toEqual([]);
    expect(launchers("/bin/zsh", "/usr/bin/tmux", "systemd")).toEqual([]);
  });

  it("is empty under a service manager, and where the system tells nothing", () => {
    expect(launchers("/lib/systemd/systemd --user")).toEqual([]);
    expect(launchers()).toEqual([]);
  });

  it("takes no name that only begins alike", () => {
    expect(launchers("nodemon-like-thing")).toEqual([]);
    expect(launchers("shell-of-mine", "pnpm start")).toEqual([]);
  });
});
