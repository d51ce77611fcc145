import { expect, test } from "vitest";
import { openConsole } from "../../test-support/open-console.tsx";

test("a screen that is not one's own says so", async () => {
  await using console = await openConsole("forbidden");
  const heading = { name: "This page is not yours to open" };
  expect(await console.screen.findByRole("heading", heading)).toBeTruthy();
});

test("a session that ended leads to signing in", async () => {
  await using console = await openConsole("session-ended");
  expect(await console.screen.findByText(/Your session ended\./)).toBeTruthy();
  expect(await console.screen.findByRole("button", { name: /reviewer-1/ })).toBeTruthy();
});
