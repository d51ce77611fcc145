import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { type ChildPool, type ChildPoolOptions, createChildPool } from "./child-pool.ts";

const pools: ChildPool[] = [];

function poolOf(options: Partial<ChildPoolOptions> = {}): ChildPool {
  const filename = fileURLToPath(new URL("../testing/misbehaving.ts", import.meta.url));
  const pool = createChildPool({
    filename,
    workers: 1,
    memoryMb: 400,
    timeoutSeconds: 20,
    ...options,
  });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const bytes = Uint8Array.of(1, 2, 3);
const works = { ok: true, value: bytes };

/** Asks the pool again after something went wrong; it must answer as if nothing had. */
async function echoOf(pool: ChildPool): Promise<unknown> {
  const outcome = await pool.run("echo", { bytes });
  return outcome.ok && outcome.value instanceof Uint8Array
    ? { ok: true, value: Uint8Array.from(outcome.value) }
    : outcome;
}

describe("the child pool", () => {
  it("ends a child that hangs, and goes on", async () => {
    const pool = poolOf({ timeoutSeconds: 2 });
    const [hung, next] = await Promise.all([pool.run("hang", {}), echoOf(pool)]);
    expect(hung).toEqual({ ok: false, reason: "timeout" });
    expect(next).toEqual(works);
  });

  it("survives a child that crashes", async () => {
    const pool = poolOf();
    expect(await pool.run("crash", {})).toEqual({ ok: false, reason: "died" });
    expect(await echoOf(pool)).toEqual(works);
  });

  it("ends a child that takes more native memory than it may", async () => {
    const pool = poolOf();
    expect(await pool.run("hoard", {})).toEqual({ ok: false, reason: "died" });
    expect(await echoOf(pool)).toEqual(works);
  });

  it("survives a kill -9 of a busy and of an idle child", async () => {
    const pool = poolOf();
    expect(await echoOf(pool)).toEqual(works);
    const busy = pool.run("hang", {});
    for (const pid of pool.pids()) process.kill(pid, "SIGKILL");
    expect(await busy).toEqual({ ok: false, reason: "died" });
    expect(await echoOf(pool)).toEqual(works);
    for (const pid of pool.pids()) process.kill(pid, "SIGKILL");
    await expect.poll(() => pool.pids()).toEqual([]);
    expect(await echoOf(pool)).toEqual(works);
  });

  it("keeps a child whose task threw", async () => {
    const pool = poolOf();
    await echoOf(pool);
    const [before] = pool.pids();
    expect(await pool.run("throws", {})).toEqual({ ok: false, reason: "failed" });
    expect(pool.pids()).toEqual([before]);
  });

  it("never runs more children than it may, and serves all who wait", async () => {
    const pool = poolOf({ workers: 2 });
    const all = Promise.all(Array.from({ length: 12 }, () => echoOf(pool)));
    expect(pool.pids().length).toBeLessThanOrEqual(2);
    expect(await all).toEqual(Array.from({ length: 12 }, () => works));
    expect(pool.pids()).toHaveLength(2);
  });

  it("hands a child nothing of the server's environment but what it needs to start", async () => {
    process.env["SECONDLOOK_TEST_SECRET"] = "s";
    const outcome = await poolOf().run("environment", {});
    delete process.env["SECONDLOOK_TEST_SECRET"];
    const allowed =
      /^(PATH|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|SystemRoot|TMPDIR|TEMP|SECONDLOOK_CHILD_MEMORY_MB|MALLOC_ARENA_MAX|UV_THREADPOOL_SIZE|TINYPOOL_WORKER_ID|NODE_CHANNEL_\w+)$/;
    expect(outcome.ok && Array.isArray(outcome.value) ? outcome.value : ["?"]).toEqual(
      expect.arrayContaining(["SECONDLOOK_CHILD_MEMORY_MB"]),
    );
    for (const name of outcome.ok && Array.isArray(outcome.value) ? outcome.value : [])
      expect(name).toMatch(allowed);
  });

  it("ends its children when it closes, with what they do", async () => {
    const pool = poolOf();
    const busy = pool.run("hang", {});
    const waiting = pool.run("echo", { bytes });
    await expect.poll(() => pool.pids().length).toBe(1);
    const [pid = 0] = pool.pids();
    await pool.close();
    expect(await busy).toEqual({ ok: false, reason: "closed" });
    expect(await waiting).toEqual({ ok: false, reason: "closed" });
    expect(await pool.run("echo", { bytes })).toEqual({ ok: false, reason: "closed" });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

/** Whether a process runs. One that ended but is not yet collected counts as ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
