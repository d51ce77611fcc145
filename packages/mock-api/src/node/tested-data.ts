import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of mock mode's data, see test-setup.ts. */
    mockData: string;
  }
}

/** Where this run's data lies; only in the projects `mock` and `screens`. */
export function testedData(): string {
  return inject("mockData");
}
