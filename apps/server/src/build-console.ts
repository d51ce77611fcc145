import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { StopError } from "./config/stop-error.ts";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const CONSOLE = join(REPOSITORY, "apps/console");
const SOURCES = ["apps/console", "packages/domain", "packages/audit", "packages/api/src/schemas"];
const STAMP = ".source-hash";

/**
 * Builds the console where its sources changed since the last build, and gives its folder.
 *
 * The stamp is a hash of the sources, not of times: a fresh clone has new times and old contents. A
 * build gets its place only when whole, so that two starts at once don't disturb each other.
 */
export async function ensureConsoleBuilt(
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const dist = join(CONSOLE, "dist");
  const hash = await hashSources();
  if ((await readStamp(dist)) === hash) return dist;
  say("Building the console …");
  const fresh = await mkdtemp(join(CONSOLE, "dist.")).catch((cause: unknown) => {
    throw new StopError(
      `The console has to be built, and ${CONSOLE} can't be written: start once as the user who owns it.`,
      { cause },
    );
  });
  try {
    await build(fresh, signal);
    await writeFile(join(fresh, STAMP), hash);
    await chmod(fresh, 0o755);
    await replace(dist, fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return dist;
}

async function readStamp(dist: string): Promise<string> {
  return readFile(join(dist, STAMP), "utf8").catch(() => "");
}

/** Puts the fresh folder in the place of the old one; of two at once the later one stays. */
async function replace(dist: string, fresh: string): Promise<void> {
  const old = `${fresh}.old`;
  for (;;) {
    await rename(dist, old).catch(unlessCode("ENOENT"));
    await rm(old, { recursive: true, force: true });
    const placed = await rename(fresh, dist).then(
      () => true,
      (error: unknown) => {
        // Another start has just put its own there.
        unlessCode("ENOTEMPTY")(error);
        return false;
      },
    );
    if (placed) return;
  }
}

function unlessCode(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Error && "code" in error && error.code === code)) throw error;
  };
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
  const skipped = new Set(["node_modules", "test-results"]);
  const found: string[] = [];
  async function walk(path: string): Promise<void> {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name) && !/^dist(\.|$)/.test(entry.name))
          await walk(join(path, entry.name));
      } else if (!/\.test\.tsx?$/.test(entry.name)) {
        found.push(join(path, entry.name));
      }
    }
  }
  await walk(join(REPOSITORY, folder));
  return found.toSorted();
}

function build(outDir: string, signal: AbortSignal): Promise<void> {
  const vite = createRequire(join(CONSOLE, "package.json")).resolve("vite/package.json");
  const program = join(dirname(vite), "bin/vite.js");
  const args = ["build", "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"];
  return new Promise((resolve, reject) => {
    // Its own group, so that Ctrl-C reaches this process alone, which then ends the build.
    const child = spawn(process.execPath, [program, ...args], {
      cwd: CONSOLE,
      detached: true,
      stdio: ["ignore", 2, 2],
    });
    const stop = (): void => {
      child.kill("SIGKILL");
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop);
    child.once("error", reject);
    child.once("exit", (code) => {
      signal.removeEventListener("abort", stop);
      if (code === 0) resolve();
      else
        reject(
          new StopError(
            "The console could not be built; the messages above say why. Run “npx pnpm@12 install”, and correct what they name.",
          ),
        );
    });
  });
}
