import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Gate, judge } from "./lib/gate.ts";
import { CHECKOUT, run } from "./lib/run.ts";

/** Every check that needs no running product. Prints one line a gate; exit code 1 if any fails. */
const files = (minimum: number) => ({ pattern: /on (\d+) files/g, what: "files", minimum });

const gates: readonly Gate[] = [
  {
    name: "types",
    command: "tsc",
    args: ["-b", "--verbose", "--pretty", "false"],
    counted: { pattern: /Project '[^']+' is /g, what: "projects", minimum: countProjects() },
  },
  {
    name: "lint",
    command: "oxlint",
    args: ["--type-aware", "--deny-warnings"],
    counted: files(50),
  },
  { name: "format", command: "oxfmt", args: ["--check", "."], counted: files(50) },
  {
    name: "architecture",
    command: "node",
    args: ["scripts/check-architecture.ts"],
    counted: { pattern: /(\d+) files and \d+ imports read/g, what: "files", minimum: 50 },
  },
  { name: "unused code (knip)", command: "knip", args: ["--no-progress", "--no-config-hints"] },
];

function countProjects(): number {
  const config = readFileSync(join(CHECKOUT, "tsconfig.json"), "utf8");
  return config.match(/"path"/g)?.length ?? 1;
}

const waiting = [...gates];
const failed: string[] = [];

async function work(): Promise<void> {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
    const ran = await run(gate.command, gate.args, { env: { NO_COLOR: "1" } });
    const { passed, line } = judge(gate, ran);
    if (!passed) {
      failed.push(gate.name);
      console.log(`${ran.output.trim()}\n`);
    }
    console.log(line);
  }
}

// Two at a time: the slow ones, types and lint, share a small machine's two cores.
await Promise.all([work(), work()]);
if (failed.length > 0) {
  console.error(`\nThe check failed: ${failed.join(", ")}. What is wrong stands above.`);
  process.exitCode = 1;
}
