import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * `unit`: pure code, no processes. `postgres`: real Postgres, one server for the run and one
 * database a file (see packages/testkit). `media`: child processes that decode pictures and clips.
 * `mock`: the API over PGlite. `screens`: the whole console in jsdom, over the same.
 */
export default defineConfig({
  test: {
    // Most files wait for Postgres or a process of theirs; by default one processor would be left idle.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,apps}/*/src/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: ["**/*.pg.test.ts", "packages/{media,mock-api}/**", "**/node_modules/**"],
          // Limits are for what hangs: a busy machine is no fault of the code.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "media",
          include: ["packages/media/src/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "mock",
          include: ["packages/mock-api/src/**/*.test.ts"],
          exclude: ["**/*.pg.test.ts", "**/node_modules/**"],
          globalSetup: ["packages/mock-api/src/node/test-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "screens",
          include: ["apps/console/src/**/*.test.tsx"],
          environment: "jsdom",
          setupFiles: ["apps/console/test-support/screen-setup.ts"],
          globalSetup: ["packages/mock-api/src/node/test-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "postgres",
          include: ["{packages,apps}/*/src/**/*.pg.test.ts"],
          globalSetup: ["packages/testkit/src/postgres/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
