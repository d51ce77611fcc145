import { beforeAll, expect, test } from "vitest";
import { openConsole } from "../../../test-support/open-console.tsx";

beforeAll(() => {
  // jsdom has the element without its methods.
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
});

test("the log shows nothing before a purpose is chosen, then pages, and one event with its proof", async () => {
  await using console = await openConsole("audit", { path: "/audit?kind=decision.submit" });
  const { screen, user } = console;
  await screen.findByText(/Choose what you read the log for/);
  await user.click(screen.getByRole("button", { name: "Read the log" }));
  expect(await screen.findByText("Say what you read the log for.")).toBeTruthy();
  expect(screen.queryByRole("table")).toBeNull();

  await user.selectOptions(screen.getByLabelText("Purpose"), "Incident");
  await user.click(screen.getByRole("button", { name: "Read the log" }));
  const open = await screen.findByRole("button", { name: /^Open Decision submit, position / });
  await user.click(open);
  expect(await screen.findByText("Signed, and proven in this browser.")).toBeTruthy();
  expect(screen.getByText("decision.outcome")).toBeTruthy();
  expect(screen.getByLabelText("Exact bytes").textContent).toContain('"kind":"decision.submit"');
}, 120_000);
