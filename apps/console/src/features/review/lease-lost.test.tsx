import { expect, test } from "vitest";
import { openConsole } from "../../../test-support/open-console.tsx";

const LOST = "Your lease on this case is gone.";

test("a lost lease is told by the next heartbeat, and taking the case again goes on", async () => {
  await using console = await openConsole("lease-lost");
  expect(await console.screen.findByText(LOST)).toBeTruthy();
  await console.user.keyboard("r");
  await expect.poll(() => console.screen.queryByText(LOST), { timeout: 15_000 }).toBeNull();
  expect(console.screen.getByText("Not rated yet")).toBeTruthy();
});

test("a case that another reviewer has meanwhile can't be taken again", async () => {
  await using console = await openConsole("lease-taken");
  expect(await console.screen.findByText(/another reviewer has it/)).toBeTruthy();
  expect(console.screen.queryByRole("button", { name: /Take it again/ })).toBeNull();
});
