import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/** The checkout, whatever folder a script was called from. */
export const CHECKOUT = join(import.meta.dirname, "..", "..");

export type Ran = { readonly code: number; readonly output: string; readonly seconds: number };

export type RunOptions = {
  /** Shows the output as it comes instead of collecting it. */
  readonly show?: boolean;
  readonly env?: Readonly<Record<string, string>>;
};

/** The environment for a child: tools of the checkout first, so that Node is the one we ship. */
export function toolEnv(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const bin = join(CHECKOUT, "node_modules", ".bin");
  return { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`, ...extra };
}

/** Runs a command in the checkout to its end; never throws for a failure, only says its code. */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const started = performance.now();
  const show = options.show ?? false;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: CHECKOUT,
      env: toolEnv(options.env),
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    const finish = (code: number): void => {
      resolve({ code, output, seconds: (performance.now() - started) / 1000 });
    };
    child.on("error", (error) => {
      output += error.message;
      finish(1);
    });
    child.on("close", (code, signal) => finish(code ?? (signal === null ? 1 : 130)));
  });
}
