import { expect, test } from "vitest";
import { openConsole } from "../../../test-support/open-console.tsx";

test.for([
  ["empty-nothing", "Nothing is waiting"],
  ["empty-judged", "What is left needs somebody else"],
  ["empty-worked", "Everything is being worked on"],
  ["empty-snoozed", "What is left comes back later"],
] as const)("an empty queue says why: %s", async ([scenario, words]) => {
  await using console = await openConsole(scenario);
  expect(await console.screen.findByRole("heading", { name: words })).toBeTruthy();
});

test("a failing server is told with what to do, and asking again helps once it answers", async () => {
  await using console = await openConsole("server-error");
  expect(await console.screen.findByText(/Something went wrong on our side/)).toBeTruthy();
  console.world.clear();
  await console.user.click(console.screen.getByRole("button", { name: /again/i }));
  expect(await console.screen.findByRole("heading", { name: /^Review a / })).toBeTruthy();
});

test("a case that was uncovered is covered when it comes back after a pause", async () => {
  await using console = await openConsole("busy");
  const { screen, user } = console;
  await screen.findByText("Not rated yet");
  await user.keyboard("B");
  await screen.findByText(/uncovers this case/);
  await user.keyboard("b");
  expect(screen.queryByText(/uncovers this case/)).toBeNull();
  await user.keyboard("p");
  await screen.findByRole("heading", { name: "Paused" });
  await user.keyboard("{Enter}");
  expect(await screen.findByText(/uncovers this case/)).toBeTruthy();
});
