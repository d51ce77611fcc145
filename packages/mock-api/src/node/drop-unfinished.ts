import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Removes folders `<key>.<process>` whose process was killed before it had made them whole. */
export async function dropUnfinished(cache: string): Promise<void> {
  const names = await readdir(cache).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const left = names.filter((name) => {
    const maker = /^[0-9a-f]{16}\.(\d+)$/.exec(name)?.[1];
    return maker !== undefined && !isRunning(Number(maker));
  });
  await Promise.all(left.map((name) => rm(join(cache, name), { recursive: true, force: true })));
}

function isRunning(pid: number): boolean {
  // This process begins only now, so what bears its number is an earlier one's.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
