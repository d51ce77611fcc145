import { defineConfig } from "@playwright/test";

const executablePath = process.env["SECONDLOOK_BROWSER"] ?? "/usr/bin/chromium";
const isRoot = process.getuid?.() === 0;

/**
 * Browser tests on the built product. Each spec file starts a server of its own with its own data
 * folder (support/product.ts), so files neither share state nor depend on their order.
 */
export default defineConfig({
  // The journeys of the review screen hold on mock mode as they do on the product.
  projects: [
    { name: "product", testMatch: ["specs/**/*.spec.ts", "journeys/**/*.spec.ts"] },
    { name: "mock", testMatch: ["journeys/**/*.spec.ts", "mock/**/*.spec.ts"] },
  ],
  outputDir: "../test-results",
  workers: 1,
  retries: 0,
  // Limits are for what hangs: a busy machine is no fault of the code.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env["CI"] !== undefined,
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        // A browser that calls home makes noise, and on a closed network waits for answers.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
      ],
    },
  },
});
