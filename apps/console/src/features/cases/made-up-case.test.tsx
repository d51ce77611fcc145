import { expect, test } from "vitest";
import { openConsole } from "../../../test-support/open-console.tsx";

test("a case of the made-up history says that it is one, that no evidence was kept, and that the log is silent on it", async () => {
  await using console = await openConsole("made-up-case");
  const { screen } = console;
  expect(await screen.findByText(/Made-up history: no evidence was kept/)).toBeTruthy();
  expect(screen.getByText("none kept")).toBeTruthy();
  expect(screen.getByText(/what is made up did not happen/)).toBeTruthy();
  expect(screen.getAllByText(/effective since/)).toHaveLength(1);
});

test("any other case says nothing of the kind", async () => {
  await using console = await openConsole("case-page");
  expect(await console.screen.findByRole("heading", { name: "Timeline" })).toBeTruthy();
  expect(console.screen.queryByText(/Made-up history/)).toBeNull();
});
