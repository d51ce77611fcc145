import { expect, test } from "vitest";
import { openConsole } from "../../../test-support/open-console.tsx";

test("the last decision is taken back from any screen, by its key, and the case lies on the desk again", async () => {
  await using console = await openConsole("undo");
  const { screen, user } = console;
  await screen.findByRole("button", { name: /Decide “Duplicate”/ });
  await user.keyboard("{Enter}");
  await screen.findByRole("button", { name: /press again/ });
  await user.keyboard("{Enter}");
  await screen.findByRole("button", { name: /^Undo/ });
  await user.click(screen.getByRole("link", { name: "Me" }));
  await screen.findByRole("heading", { name: "Me" });
  await screen.findByText("Decided:");
  expect(screen.getByRole("button", { name: /^Undo u/ })).toBeTruthy();
  await user.keyboard("u");
  await screen.findByRole("button", { name: /Decide “Duplicate”/ });
  expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
});

test("no other screen speaks of an undo where nothing can be taken back", async () => {
  await using console = await openConsole("undo");
  const { screen, user } = console;
  await screen.findByRole("button", { name: /Decide “Duplicate”/ });
  await user.click(screen.getByRole("link", { name: "Me" }));
  await screen.findByRole("heading", { name: "Me" });
  expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
});
