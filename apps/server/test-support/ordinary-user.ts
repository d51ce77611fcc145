import { spawnSync } from "node:child_process";
import { chown } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "./server-process.ts";

const NOBODY = 65_534;

/** Who an ordinary user is: oneself, or `nobody` where one is root. */
export const ordinaryUser: { readonly uid?: number; readonly gid?: number } =
  process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** Whether that user can run what lies in this checkout; `nobody` can't below a closed home. */
export function ordinaryUserCanRun(): boolean {
  const probe = spawnSync(process.execPath, ["-e", "0"], { ...ordinaryUser, cwd: "/" });
  const file = join(CHECKOUT, "apps/server/src/cli.ts");
  const read = spawnSync(
    process.execPath,
    ["-e", 'require("node:fs").readFileSync(process.argv[1])', file],
    { ...ordinaryUser, cwd: "/" },
  );
  return probe.status === 0 && read.status === 0;
}

/** Gives a folder to the ordinary user, where that is somebody else. */
export async function giveTo(folder: string): Promise<void> {
  const { uid, gid } = ordinaryUser;
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
}
