import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Ended, type Environment, secondlook } from "./server-process.ts";

const eventSchema = z.object({
  kind: z.string(),
  case: z.string().optional(),
  count: z.number().optional(),
  src: z.object({ inst: z.string(), n: z.number() }),
  actor: z.object({ role: z.string() }),
});

/** The log's events in order, as an export has them; without those of the export itself. */
export async function eventsOf(
  folder: string,
  more: Environment = {},
): Promise<readonly z.output<typeof eventSchema>[]> {
  const out = join(await mkdtemp(join(folder, "export-")), "log");
  const exported = await secondlook(["audit", "export", "--out", out], folder, more);
  if (exported.code !== 0) throw new Error(`the export failed: ${exported.output}`);
  const lines = (await readFile(join(out, "leaves.jsonl"), "utf8")).trimEnd().split("\n");
  const events = lines.map((line) => eventSchema.parse(JSON.parse(line)));
  const exporters = new Set(
    events.filter(({ kind }) => kind === "audit.export").map(({ src }) => src.inst),
  );
  return events.filter(({ src }) => !exporters.has(src.inst));
}

/** `secondlook audit verify` on the database. */
export function verifyLog(folder: string, more: Environment = {}): Promise<Ended> {
  return secondlook(["audit", "verify"], folder, more);
}
