import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

import { createReport, type Report } from "./bench-harness.ts";
import { CHECKOUT } from "./lib/run.ts";

/**
 * `pnpm bench [name…]`: runs `<package>/bench/<name>.ts`, each of which exports `run(report)`, one
 * after the other; all of them without a name. Prints figures and writes nothing. A bound that is
 * not met is printed, not failed: a busy machine is no defect.
 */
const benches = new Map(
  globSync("{packages,apps}/*/bench/*.ts", { cwd: CHECKOUT })
    .filter((path) => !path.endsWith(".test.ts"))
    .toSorted()
    .map((path) => [basename(path, ".ts"), path]),
);
// Options such as `--quick` are for the bench itself to read.
const asked = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const unknown = asked.filter((name) => !benches.has(name));
if (unknown.length > 0 || benches.size === 0) {
  const known = [...benches.keys()].join(", ") || "none yet";
  console.error(`There is no bench named ${unknown.join(", ") || "anything"}; known: ${known}.`);
  process.exit(1);
}

for (const [name, path] of benches) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`${name} (${path})`);
  const loaded: unknown = await import(pathToFileURL(join(CHECKOUT, path)).href);
  if (!isBench(loaded)) {
    console.error(`${path} exports no function \`run\`; export one that takes a report.`);
    process.exit(1);
  }
  await loaded.run(createReport((line) => console.log(line)));
}

function isBench(module: unknown): module is { run(report: Report): Promise<void> } {
  return (
    typeof module === "object" &&
    module !== null &&
    "run" in module &&
    typeof module.run === "function"
  );
}
