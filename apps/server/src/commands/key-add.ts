import { makeIngestKey } from "@secondlook/api/ingest-keys/make-key";
import { keyLabelSchema, sourceNameSchema } from "@secondlook/api/schemas/ingest-keys";
import { createRecorder } from "@secondlook/api/recorder";
import { readConfig } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import { withDeps } from "./with-deps.ts";

/** `secondlook key add`: a key for an upstream system, printed once. */
export async function keyAdd(
  source: string,
  options: { readonly label?: string },
  say: (line: string) => void,
): Promise<number> {
  const named = sourceNameSchema.safeParse(source);
  if (!named.success) throw new StopError(named.error.issues[0]?.message ?? "");
  const label = keyLabelSchema.safeParse(options.label ?? source);
  if (!label.success) throw new StopError("A label is up to 64 characters.");
  return withDeps(readConfig(process.env), async (deps) => {
    const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
    const made = await makeIngestKey(deps, recorder, { source, label: label.data });
    say(`This key (${made.keyId}) sends cases as ${source}. It is not shown again:`);
    process.stdout.write(`${made.key}\n`);
    return 0;
  });
}
