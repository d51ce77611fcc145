import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * The living processes that belong to a data folder: Postgres by its arguments, servers and their
 * launchers by their environment. Zombies are none.
 */
export async function processesOf(dataDir: string): Promise<readonly string[]> {
  if (process.platform !== "linux") {
    const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,args="]);
    return stdout.split("\n").filter((line) => line.includes(dataDir));
  }
  const found: string[] = [];
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const read = (name: string): Promise<string> =>
      readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "");
    const command = (await read("cmdline")).replaceAll("\0", " ").trim();
    if (command === "") continue;
    const mine =
      command.includes(dataDir) ||
      (await read("environ")).split("\0").includes(`SECONDLOOK_DATA_DIR=${dataDir}`);
    if (mine) found.push(`${pid} ${command.slice(0, 300)}`);
  }
  return found;
}
