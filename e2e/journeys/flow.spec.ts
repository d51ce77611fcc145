import { expect } from "@playwright/test";
import {
  caseShown,
  decide,
  enter,
  fillDecision,
  reveal,
  sealAll,
  sealCandidate,
} from "../support/bench-keys.ts";
import { journey } from "../support/journey.ts";
import { wordsOf } from "../support/watermark.ts";

/** The warning begins with the lease, and the window for an undo is over soon. */
const RULES = { hardCapWarningMinutes: 60, undoSeconds: 2 };

journey(
  "keys are one's own, for good and wherever they are told; the palette finds the rest",
  async ({ place }) => {
    await place.changePolicy(RULES);
    await place.send({ externalId: "ver_keys", priority: "low" });
    const page = await place.sit("reviewer-1");
    await caseShown(page);
    const tour = page.getByRole("complementary", { name: "Tour" });
    await expect(tour).toContainText("rate the faces alone");
    await page.keyboard.press("Shift+L");
    await expect(tour).toHaveCount(0);

    await journey.step(
      "a key that is another's is told, and a second stroke swaps the two",
      async () => {
        await page.keyboard.press("?");
        const dialog = page.getByRole("dialog", { name: "Keys" });
        await expect(dialog.getByText("PgUp")).toBeVisible();
        await page.keyboard.press("c");
        const pause = page.getByRole("listitem").filter({ hasText: "Pause: release both cases" });
        await pause.getByRole("button").focus();
        await page.keyboard.press("Enter");
        await page.keyboard.press("l");
        await expect(page.getByText("l is “Release the case, with a reason”.")).toBeVisible();
        await page.keyboard.press("l");
        await expect(page.getByText("l it is.")).toBeVisible();
        await expect(pause.getByRole("button")).toHaveText("l");
        // The dialog still has the keys: what is pressed does not reach the case below it.
        await page.keyboard.press("7");
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
        await expect(page.getByText("Not rated yet")).toBeVisible();
      },
    );

    await journey.step(
      "the key that opens the keys closes them, when it is another one, too",
      async () => {
        await page.keyboard.press("?");
        await page.keyboard.press("c");
        const opens = page
          .getByRole("listitem")
          .filter({ hasText: "These keys, and changing them" });
        await opens.getByRole("button").focus();
        await page.keyboard.press("Enter");
        await page.keyboard.press("!");
        await expect(page.getByText("! it is.")).toBeVisible();
        await page.keyboard.press("!");
        await expect(page.getByRole("dialog")).toHaveCount(0);
        await expect(page.getByRole("button", { name: "Keys !" })).toBeVisible();
      },
    );

    await place.reopen(page);
    await caseShown(page);
    await expect(tour).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Pause l" })).toBeVisible();
    await page.keyboard.press("/");
    await page.keyboard.type("paus break");
    await expect(page.getByRole("dialog").getByRole("option")).toHaveText([
      "Pause: release both casesl",
    ]);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  },
);

journey(
  "what is masked is shown by a key, and stands in the log; evidence carries who looks",
  async ({ place }) => {
    await place.changePolicy(RULES);
    const caseId = await place.send({
      externalId: "ver_masked",
      priority: "normal",
      attributes: { fullName: "خالد الهاشمي", dateOfBirth: "1988-01-09", documentNumber: "784-1" },
      candidates: [
        {
          similarity: 91,
          attributes: { fullName: "Khaled Al-Hashmi", dateOfBirth: "1988-09-01" },
        },
      ],
    });
    const page = await place.sit("reviewer-2");
    await caseShown(page);
    await expect(page.getByText("This case is yours for another")).toBeVisible();
    expect(await wordsOf(page.locator("[data-over=stage]"))).toMatch(
      /reviewer-2\) · \d{4}-\d\d-\d\d/,
    );
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("heading", { name: "Probe" })).toBeHidden();
    await page.emulateMedia({ media: "screen" });

    await sealCandidate(page, 6);
    const row = (name: string) => page.getByRole("row").filter({ hasText: name });
    await expect(row("Name")).toContainText("alike in Latin letters but vowels");
    await expect(row("Birth date")).toContainText("month and day are swapped");
    await expect(page.getByText("1988-01-09")).toHaveCount(0);
    const shown = async () => {
      const leaf = { kind: "field.reveal", case: caseId, fields: ["date_of_birth"] };
      const found = await place.rows(
        `select count(*)::int as shown from audit.event
       where convert_from(leaf, 'UTF8')::jsonb @> '${JSON.stringify(leaf)}'`,
      );
      return found[0]?.["shown"];
    };
    expect(await shown()).toBe(0);
    await page.keyboard.press("Shift+Y");
    await expect(row("Birth date")).toContainText("1988-09-01");
    expect(await shown()).toBe(2);
    await page.keyboard.press("Shift+Y");
    await expect(page.getByText("1988-01-09")).toHaveCount(0);
    await page.keyboard.press("p");
    await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  },
);

journey(
  "something more urgent and a lost lease are told; a mistake of one's own is reported once it stands",
  async ({ place }) => {
    await place.changePolicy(RULES);
    await place.send({ externalId: "ver_live", priority: "high" });
    const page = await place.sit("reviewer-3");
    await caseShown(page);
    await expect(page.locator("header")).toContainText(/(no other|\d more) in the queue/);
    await place.send({ externalId: "ver_urgent", priority: "urgent" });
    await expect(page.locator("header").getByText("a more urgent case is waiting")).toBeVisible();

    await place.endLease("reviewer-3");
    await expect(page.getByText("Your lease on this case is gone.")).toBeVisible({
      timeout: 30_000,
    });
    await page.keyboard.press("r");
    await expect(page.getByText("Your lease on this case is gone.")).toBeHidden();

    await sealAll(page, [1, 1]);
    await reveal(page);
    await fillDecision(page, { outcome: 3 });
    await page.keyboard.press("c");
    await expect(page.getByLabel("Rationale")).toHaveValue(/parts of the face differ/);
    // It stops at a colon; Enter leads there instead of deciding.
    await enter(page, "What is missing?");
    await expect(page.getByLabel("Rationale")).toBeFocused();
    await page.keyboard.type("the ears.");
    await page.keyboard.press("Escape");
    await expect(page.getByLabel("Rationale")).toHaveValue(/differ on both sides: the ears\.$/);
    await decide(page, "Distinct people");
    await expect(page.getByText("Decided: Distinct people", { exact: true })).toBeVisible();
    await expect(page.getByText("Decided: Distinct people", { exact: true })).toBeHidden();
    await page.keyboard.press("Shift+U");
    await page
      .getByRole("dialog")
      .getByText(/Distinct people/)
      .first()
      .waitFor();
    await page.keyboard.press("1");
    await page.keyboard.type("It was the other ear.");
    // Escape leaves the field first, with what was written.
    await page.keyboard.press("Escape");
    const what = page.getByRole("dialog").getByLabel("What was wrong?");
    await expect(what).not.toBeFocused();
    await expect(what).toHaveValue("It was the other ear.");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const reported = await place.rows("select decision_id from app.mistake");
    expect(reported).toHaveLength(1);
  },
);
