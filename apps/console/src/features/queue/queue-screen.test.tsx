import { waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openConsole } from "../../../test-support/open-console.tsx";

test("a lead sees who is on shift, what waits by age and due time, and what asks for a lead", async () => {
  await using console = await openConsole("oversight");
  const { screen } = console;
  const strip = await screen.findByRole("region", { name: "The queue now" });
  // Nothing is told live here, and the page says so in place of figures.
  expect(within(strip).getByText(/^Not live/)).toBeTruthy();
  const shift = await screen.findByRole("table", { name: "On shift" });
  const [first] = within(shift).getAllByRole("row").slice(1);
  expect(first?.textContent).toMatch(/reviewer.*At a case.*cas_/);
  expect(within(shift).getByText(/lead, you/)).toBeTruthy();
  expect(await screen.findByRole("table", { name: "Waits for" })).toBeTruthy();
  expect(await screen.findByRole("link", { name: /^Nobody may take\s*1$/ })).toBeTruthy();
  expect(screen.getByRole("link", { name: /^Mistakes reported\s*1$/ })).toBeTruthy();
  expect(screen.getByRole("link", { name: /^Questions for a lead\s*0$/ })).toBeTruthy();

  await console.user.click(await screen.findByRole("link", { name: "over 3 d" }));
  expect(location.search).toBe("?age=older");
  expect(await screen.findByText(/^Only: waits over 3 d/)).toBeTruthy();
  await console.user.click(screen.getByRole("link", { name: "oldest first" }));
  expect(location.search).toBe("?age=older&order=oldest");
});

test("a case that nobody may take says why and what to do", async () => {
  await using console = await openConsole("oversight", { path: "/queue?view=nobody" });
  const row = await console.screen.findByRole("row", { name: /know somebody in it/ });
  expect(row.textContent).toContain("Bring in somebody who had no part in it.");
});

test("a reported mistake is read after a warning, and closed with what became of it", async () => {
  await using console = await openConsole("oversight", { path: "/queue?view=mistakes" });
  const { screen, user } = console;
  await user.click(await screen.findByRole("button", { name: /^Read the report/ }));
  expect(screen.queryByText("I looked at the wrong photo.")).toBeNull();
  expect(screen.getByText(/no round of this case is ever given to you/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Read what they wrote" }));
  expect(await screen.findByText("I looked at the wrong photo.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Close the report" }));
  expect(await screen.findByText("Say what became of it.")).toBeTruthy();
  await user.click(screen.getByLabelText("The decision was right after all"));
  await user.click(screen.getByRole("button", { name: "Close the report" }));
  expect(await screen.findByText("No reported mistake waits.")).toBeTruthy();
});

test("figures that can't be counted are said to be missing, and the rest of the page stays", async () => {
  await using console = await openConsole("oversight", { path: "/queue?view=questions&region=VN" });
  const { screen, user } = console;
  expect(await screen.findByText("No question waits for another lead.")).toBeTruthy();
  console.world.on("queue.summary", () => "fail");
  await user.click(screen.getByRole("button", { name: "All regions" }));
  await user.click(screen.getByRole("link", { name: /^What waits/ }));
  expect(await screen.findByText(/^This could not be counted/)).toBeTruthy();
  expect(await screen.findByRole("table", { name: "On shift" })).toBeTruthy();
  console.world.clear();
});

test("what somebody is at in a dialog stays when the list behind it empties or can't be renewed", async () => {
  await using console = await openConsole("oversight");
  const { screen, user, world } = console;
  const boxes = await screen.findAllByRole("checkbox", { name: /^Select cas_/ });
  for (const box of boxes.slice(0, 2)) await user.click(box);
  world.on("queue.route", ({ input }) => ({
    answer: { results: input.cases.map(({ caseId }) => ({ caseId, result: "changed" })) },
  }));

  async function changePriority(): Promise<HTMLElement> {
    await user.click(screen.getByRole("button", { name: /^Change the priority/ }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByLabelText("Urgent"));
    await user.click(within(dialog).getByLabelText("It is due soon"));
    await user.click(within(dialog).getByRole("button", { name: "Change 2 cases" }));
    return dialog;
  }

  world.on("queue.overview", () => "fail");
  world.on("queue.onShift", () => "fail");
  const first = await changePriority();
  await waitFor(() => {
    expect(screen.getAllByText(/^This could not be read anew/)).toHaveLength(2);
  });
  expect(screen.getByRole("table", { name: "On shift", hidden: true })).toBeTruthy();
  expect(within(first).getByText(/2 cases left alone/)).toBeTruthy();
  expect(screen.getByRole("table", { name: "What waits", hidden: true })).toBeTruthy();
  await user.click(within(first).getByRole("button", { name: /^Close/ }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

  const counts = { waiting: 0, first: 0, second: 0, adjudication: 0, awaitingCapture: 0 };
  world.on("queue.overview", () => ({
    answer: {
      counts: { ...counts, beingWorked: 0, overdue: 0 },
      oldestWaitingSince: null,
      rows: [],
      nextCursor: null,
    },
  }));
  for (const box of screen.getAllByRole("checkbox", { name: /^Select cas_/ }).slice(0, 2)) {
    await user.click(box);
  }
  const second = await changePriority();
  expect(await screen.findByText(/^Nothing waits\./)).toBeTruthy();
  expect(within(second).getByText(/2 cases left alone/)).toBeTruthy();
  world.clear();
});
