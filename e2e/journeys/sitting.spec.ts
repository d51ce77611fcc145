import { expect } from "@playwright/test";
import { caseShown, reveal, sealCandidate } from "../support/bench-keys.ts";
import { journey } from "../support/journey.ts";

journey(
  "what comes in while nothing waits is told, and taken by Enter; what is to be chosen next comes into view in a low window",
  async ({ place }) => {
    const page = await place.sit("reviewer-1");
    await expect(page.getByRole("heading", { name: "Nothing is waiting" })).toBeVisible();
    const caseId = await place.send({
      externalId: "ver_comes_in",
      candidates: [{ similarity: 91 }],
    });
    await expect(page.getByRole("heading", { name: "New cases came in" })).toBeVisible();
    await page.keyboard.press("Enter");
    await caseShown(page);
    await expect(page.locator("header").getByText(caseId)).toBeVisible();

    await journey.step("in a low window what is to be chosen next comes into view", async () => {
      await sealCandidate(page, 2);
      await reveal(page);
      await page.setViewportSize({ width: 1024, height: 700 });
      await page.keyboard.press("3");
      const last = page.getByRole("group", { name: "Why" }).getByRole("button").last();
      await expect(last).toBeInViewport({ ratio: 1 });
      await page
        .getByRole("heading", { name: "You and the machine" })
        .evaluate((heading) => heading.scrollIntoView({ block: "start" }));
      await expect(last).not.toBeInViewport({ ratio: 1 });
      await page.keyboard.press("Enter");
      await expect(last).toBeInViewport({ ratio: 1 });
    });
    await journey.step(
      "magnified to 200 %, the keys that uncover bring the pictures back",
      async () => {
        await page.setViewportSize({ width: 720, height: 450 });
        const pictures = page.getByRole("img", { name: /Probe/ });
        await page.getByRole("heading", { name: "Outcome" }).scrollIntoViewIfNeeded();
        await page.keyboard.press("3");
        await expect(pictures).not.toBeInViewport({ ratio: 0.5 });
        await page.keyboard.press("b");
        await expect(pictures).toBeInViewport({ ratio: 0.5 });
        await page.keyboard.press("b");
        await page.setViewportSize({ width: 1024, height: 700 });
      },
    );
    await journey.step("a field to write in comes into view whole", async () => {
      await page.keyboard.press("5");
      await page.keyboard.press("6");
      await page.keyboard.press("Enter");
      const rationale = page.getByRole("textbox", { name: /^Rationale/ });
      await expect(rationale).toBeFocused();
      await page.keyboard.press("Escape");
      // Its first line is there already.
      await rationale.evaluate((field) => {
        field.scrollIntoView({ block: "end" });
        document.querySelector("aside")?.scrollBy({ top: -24, behavior: "instant" });
      });
      await expect(rationale).not.toBeInViewport({ ratio: 1 });
      await page.keyboard.press("Enter");
      await expect(rationale).toBeFocused();
      await expect(rationale).toBeInViewport({ ratio: 1 });
    });
  },
);

journey(
  "after two quiet minutes the evidence is covered and has to be looked at again; after long sittings a break is offered, and put off",
  async ({ place }) => {
    // A lease lasts where the browser's clock is put on and the server's isn't, or both are.
    await place.changePolicy({ leaseSeconds: 900, hardCapMinutes: 240 });
    await place.send({ externalId: "ver_sitting" });
    const page = await place.sit("reviewer-1", async (opened) => {
      await opened.clock.install();
    });
    await caseShown(page);
    const seal = page.getByRole("button", { name: /^Seal/ });
    const covered = page.getByText(/uncovers this case/).first();

    await journey.step("covered, and what was looked at before says nothing any more", async () => {
      await page.keyboard.press("6");
      await expect(seal).toBeVisible();
      await page.clock.fastForward("02:01");
      await expect(covered).toBeVisible();
      await expect(page.getByRole("button", { name: /^Look first/ })).toBeVisible();
      await page.keyboard.press("Enter");
      await expect(page.getByText(/You have not looked yet/).first()).toBeVisible();
      await page.keyboard.press("b");
      await expect(covered).toBeHidden();
      await expect(seal).toBeVisible();
    });

    await journey.step(
      "a break is offered after fifty minutes, and not again at once",
      async () => {
        const offer = page.getByText(/A few minutes away from the screen/);
        for (let minutes = 0; minutes < 52; minutes += 1) {
          await page.clock.fastForward("01:00");
          await page.keyboard.press("0");
        }
        await expect(offer).toBeVisible();
        await page.keyboard.press("Escape");
        await expect(offer).toBeHidden();
        await page.clock.fastForward("01:00");
        await expect(offer).toBeHidden();
      },
    );
  },
);
