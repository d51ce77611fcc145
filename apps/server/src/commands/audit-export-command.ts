import { systemRandom } from "@secondlook/domain/ids";
import { resolve } from "node:path";
import { readConfig } from "../config/config.ts";
import { auditExport } from "./audit-export.ts";
import { standingIn } from "../config/standing-in.ts";
import { withLog } from "./with-log.ts";

/** `secondlook audit export --out <folder>`. */
export async function auditExportCommand(
  out: string,
  say: (line: string) => void,
): Promise<number> {
  return withLog(readConfig(process.env), (parts) =>
    auditExport(
      { ...parts, clock: () => new Date(), random: systemRandom },
      resolve(standingIn(process.env), out),
      say,
    ),
  );
}
