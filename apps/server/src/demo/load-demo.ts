import type { Deps } from "@secondlook/api/deps";
import { createRecorder } from "@secondlook/api/recorder";
import { demoBundles } from "@secondlook/demo/demo-cases";
import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { ensureDemoStaff } from "../database/seed.ts";
import { bundleForm } from "../ingest/bundle-form.ts";
import { demoIngestKey, ensureIngestKey } from "../ingest-keys.ts";

const SEED = 7;

/** The demo's accounts and its ingest key, which it returns. */
export async function prepareDemo(config: Config, deps: Deps): Promise<string> {
  await ensureDemoStaff(deps);
  const key = await demoIngestKey(deps, join(config.dataDir, "ingest-key"));
  await ensureIngestKey(deps, "demo", key);
  return key;
}

interface DemoOptions {
  readonly app: { fetch(request: Request): Response | Promise<Response> };
  readonly deps: Deps;
  readonly key: string;
  readonly say: (line: string) => void;
  readonly config: Config;
}

/**
 * Draws the demo's people and sends their cases through the same door as everybody's, while the
 * server answers already. Done once; a stop in between is made up for at the next start.
 */
export function startDemo(options: DemoOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loading = loadDemo(options, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted)
      options.deps.log.error({}, "the demo's cases could not be loaded", error);
  });
  return {
    async stop() {
      stopping.abort();
      await loading;
    },
  };
}

async function loadDemo(
  { app, deps, key, say, config }: DemoOptions,
  stopping: AbortSignal,
): Promise<void> {
  const most = config.demoCases ?? Number.POSITIVE_INFINITY;
  const done = join(config.dataDir, "demo-loaded");
  if (most === 0 || (await exists(done))) return;
  say("The demo's people are being drawn; their cases arrive over the next seconds.");
  let taken = 0;
  for await (const bundle of demoBundles({ seed: SEED, now: deps.clock() })) {
    if (stopping.aborted) return;
    const request = new Request("http://127.0.0.1/v1/cases", {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: bundleForm(bundle.case, bundle.files),
    });
    const response = await app.fetch(request);
    // 409: taken before an interruption; its times were other ones then.
    if (!response.ok && response.status !== 409) {
      throw new Error(`the demo case ${bundle.name} was refused with ${response.status}`);
    }
    taken += 1;
    if (taken >= most) break;
  }
  const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
  await recorder.read([{ kind: "seed.load", outcome: "allowed", count: taken, method: "demo" }]);
  await writeFile(done, "");
  say(`The demo's ${taken} cases are there.`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
