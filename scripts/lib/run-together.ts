import { spawn } from "node:child_process";

import { CHECKOUT, toolEnv } from "./run.ts";

export type Command = readonly [command: string, ...args: string[]];

/**
 * Runs long-lived commands side by side until one ends or `stop` is aborted; then asks the others
 * to end and waits for all of them. Resolves to the exit code of the first to end, 0 when stopped.
 *
 * Each has a process group of its own: a Ctrl-C in the terminal would otherwise reach it twice,
 * once from the terminal and once from here, and a second one may mean "now, without draining".
 */
export async function runTogether(
  commands: readonly Command[],
  stop: AbortSignal,
): Promise<number> {
  let code: number | undefined;
  const children = commands.map(([command, ...args]) =>
    spawn(command, args, {
      cwd: CHECKOUT,
      env: toolEnv(),
      stdio: ["ignore", "inherit", "inherit"],
      detached: true,
    }),
  );
  const stopAll = (): void => {
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    }
  };
  stop.addEventListener("abort", () => {
    code ??= 0;
    stopAll();
  });
  const ended = children.map(
    (child, index) =>
      new Promise<void>((resolve) => {
        const end = (exitCode: number): void => {
          code ??= exitCode;
          stopAll();
          resolve();
        };
        child.on("error", (error) => {
          console.error(`${commands[index]?.[0] ?? "A command"} did not start: ${error.message}`);
          end(1);
        });
        child.on("exit", (exitCode) => end(exitCode ?? 1));
      }),
  );
  if (stop.aborted) stopAll();
  await Promise.all(ended);
  return code ?? 0;
}
