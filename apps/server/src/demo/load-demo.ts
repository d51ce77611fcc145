import type { Deps } from "@secondlook/api/deps";
import { createRecorder } from "@secondlook/api/recorder";
import { rowOf } from "@secondlook/db/database";
import { demoBundles } from "@secondlook/demo/demo-cases";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { bundleForm } from "../ingest/bundle-form.ts";

const SEED = 7;

/** Loads the demo's cases through the same door as everybody's, once. */
export async function loadDemo(options: {
  readonly app: { fetch(request: Request): Response | Promise<Response> };
  readonly deps: Deps;
  readonly key: string;
  readonly say: (line: string) => void;
  /** At most so many cases. */
  readonly most: number;
}): Promise<void> {
  const { app, deps, key, say, most } = options;
  if (most === 0) return;
  const known = await rowOf(
    deps.db,
    z.object({ exists: z.boolean() }),
    sql`select exists(select 1 from app.review_case)`,
  );
  if (known?.exists === true) return;
  say("Drawing the demo's people and cases (once) …");
  let taken = 0;
  for await (const bundle of demoBundles({ seed: SEED, now: deps.clock() })) {
    const response = await app.fetch(
      new Request("http://127.0.0.1/v1/cases", {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: bundleForm(bundle.case, bundle.files),
      }),
    );
    if (!response.ok)
      throw new Error(`The demo case ${bundle.name} was refused: ${await response.text()}`);
    taken += 1;
    if (taken >= most) break;
  }
  await createRecorder(deps, { id: "sys_operator", role: "operator" }).read([
    { kind: "seed.load", outcome: "allowed", count: taken, method: "demo" },
  ]);
}
