import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const CONSOLE = join(REPOSITORY, "apps/console");
const SOURCES = ["apps/console", "packages/domain", "packages/audit", "packages/api/src/schemas"];
const STAMP = ".source-hash";

/**
 * Builds the console where its sources changed since the last build, and gives its folder.
 *
 * The stamp is a hash of the sources, not of times: a fresh clone has new times and old contents.
 */
export async function ensureConsoleBuilt(say: (line: string) => void): Promise<string> {
  const dist = join(CONSOLE, "dist");
  const hash = await hashSources();
  const stamp = await readFile(join(dist, STAMP), "utf8").catch(() => "");
  if (stamp === hash) return dist;
  say("Building the console …");
  await build();
  await writeFile(join(dist, STAMP), hash);
  return dist;
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  const lock = join(REPOSITORY, "pnpm-lock.yaml");
  for (const path of [lock, ...(await Promise.all(SOURCES.map(filesBelow))).flat()]) {
    hash.update(relative(REPOSITORY, path)).update("\0");
    hash.update(await readFile(path)).update("\0");
  }
  return hash.digest("hex");
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const skipped = new Set(["node_modules", "dist", "test-results"]);
  const found: string[] = [];
  async function walk(path: string): Promise<void> {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) await walk(join(path, entry.name));
      } else if (!/\.test\.tsx?$/.test(entry.name)) {
        found.push(join(path, entry.name));
      }
    }
  }
  await walk(join(REPOSITORY, folder));
  return found.toSorted();
}

function build(): Promise<void> {
  const vite = createRequire(join(CONSOLE, "package.json")).resolve("vite/package.json");
  const program = join(dirname(vite), "bin/vite.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, "build", "--logLevel", "warn"], {
      cwd: CONSOLE,
      stdio: ["ignore", 2, 2],
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `The console could not be built (vite ended with ${code}); its messages stand above.`,
          ),
        );
    });
  });
}
