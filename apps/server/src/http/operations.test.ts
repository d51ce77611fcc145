import { describe, expect, it } from "vitest";
import { createOperations, type OperationsProbe } from "./operations.ts";

const well: OperationsProbe = {
  databaseAnswers: async () => true,
  logLagSeconds: async () => 0.25,
};
const away: OperationsProbe = {
  databaseAnswers: () => Promise.reject(new Error("connection refused")),
  logLagSeconds: () => Promise.reject(new Error("connection refused")),
};
const hanging: OperationsProbe = {
  databaseAnswers: () => new Promise(() => undefined),
  logLagSeconds: () => new Promise(() => undefined),
};

async function ask(probe: OperationsProbe, path: string, method = "GET"): Promise<string> {
  const operations = createOperations(probe, 20);
  const response = await operations(new Request(`http://127.0.0.1${path}`, { method }));
  return response === undefined ? "none" : `${response.status} ${await response.text()}`;
}

describe("operations", () => {
  it.each([
    ["answers", well, "200"],
    ["is away", away, "503"],
    ["hangs", hanging, "503"],
  ] as const)("ready or not: the database %s", async (_, probe, status) => {
    expect(await ask(probe, "/readyz")).toMatch(new RegExp(`^${status} `));
    expect(await ask(probe, "/healthz"), "the process lives all the same").toMatch(/^200 /);
  });

  it("measures the log's lag, and the rest also where the lag can't be known", async () => {
    expect(await ask(well, "/metrics")).toMatch(/\nsecondlook_log_lag_seconds 0\.25\n/);
    for (const probe of [away, hanging]) {
      const metrics = await ask(probe, "/metrics");
      expect(metrics).toMatch(/\nsecondlook_log_lag_seconds nan\n/i);
      expect(metrics).toMatch(/\nprocess_resident_memory_bytes \d/);
    }
  });

  it("leaves every other address and method to others", async () => {
    expect(await ask(well, "/")).toBe("none");
    expect(await ask(well, "/metrics/x")).toBe("none");
    expect(await ask(well, "/readyz", "POST")).toBe("none");
  });
});
