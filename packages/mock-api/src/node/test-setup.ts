import type { TestProject } from "vitest/node";
import { ensureData } from "./ensure-data.ts";
import type { testedData } from "./tested-data.ts";

/** Makes mock mode's data before the first test of a run, where it is missing. */
export async function setup(project: TestProject): Promise<void> {
  const folder: ReturnType<typeof testedData> = await ensureData((done, of, what) => {
    process.stdout.write(`Mock mode makes its data, once: ${done} of ${of} ${what}\n`);
  });
  project.provide("mockData", folder);
}
