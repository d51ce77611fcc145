import { expect, test } from "vitest";
import { openConsole } from "../../../test-support/open-console.tsx";

test("a draft comes back as it was left", async () => {
  await using console = await openConsole("draft-recovered");
  const rationale = await console.screen.findByLabelText(/^Rationale/);
  expect(rationale).toHaveProperty("value", expect.stringMatching(/^The same mole/));
  expect(console.screen.getByText("your draft is back")).toBeTruthy();
});

test("a refused decision brings the case back with what was written, and can be sent again", async () => {
  await using console = await openConsole("decision-refused");
  await console.screen.findByLabelText(/^Rationale/);
  await console.screen.findByRole("button", { name: /Decide “Duplicate”/ });
  await console.user.keyboard("{Enter}");
  await console.screen.findByRole("button", { name: /press again/ });
  await console.user.keyboard("{Enter}");
  expect(await console.screen.findByText(/somebody reopened this case/)).toBeTruthy();
  expect(await console.screen.findByLabelText(/^Rationale/)).toHaveProperty(
    "value",
    expect.stringMatching(/^The same mole/),
  );
});

test("any other key than Enter takes back the first stroke of a harmful decision", async () => {
  await using console = await openConsole("decision-refused");
  await console.screen.findByRole("button", { name: /Decide “Duplicate”/ });
  await console.user.keyboard("{Enter}");
  await console.screen.findByRole("button", { name: /press again/ });
  await console.user.keyboard("z");
  expect(
    await console.screen.findByRole("button", { name: /Decide “Duplicate” Enter/ }),
  ).toBeTruthy();
});

test("without a candidate the probe's details open with the decision", async () => {
  await using console = await openConsole("no-candidates");
  await console.screen.findByRole("button", { name: /Go on to the outcome/ });
  await console.user.keyboard("{Enter}");
  const details = await console.screen.findByRole("region", { name: "Details of the probe" });
  expect(details.textContent).toContain("Name");
  expect(details.textContent).not.toContain("Candidate");
});

test("an adjudicator sees what was decided before, once sealed", async () => {
  await using console = await openConsole("adjudication");
  expect(await console.screen.findByText("What was decided before")).toBeTruthy();
  expect(await console.screen.findByText(/The ears differ/)).toBeTruthy();
});
