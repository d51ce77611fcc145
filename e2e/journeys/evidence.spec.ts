import { expect } from "@playwright/test";
import {
  caseShown,
  enter,
  nextStep,
  reveal,
  sealAll,
  sealCandidate,
} from "../support/bench-keys.ts";
import { evidence } from "../support/evidence.ts";
import { journey } from "../support/journey.ts";
import { renditionsInto } from "../support/page.ts";

journey(
  "the whole picture is fetched when asked for, and once; a clip plays from memory by frames",
  async ({ place }) => {
    await place.send({ externalId: "ver_whole" });
    const fetched: string[] = [];
    const page = await place.sit("reviewer-1", (opened) => renditionsInto(fetched, opened));
    await caseShown(page);
    const probe = page.getByRole("region", { name: "Probe", exact: true });
    await expect.poll(() => fetched.toSorted()).toEqual(["clip", "face", "face", "face"]);
    for (const words of ["ID photo, Probe, whole", "ID photo, Probe", "ID photo, Probe, whole"]) {
      await page.keyboard.press("q");
      await expect(probe.getByRole("img", { name: words, exact: true })).toBeVisible();
    }
    expect(fetched.filter((rendition) => rendition === "screen")).toHaveLength(1);

    await page.keyboard.press("a");
    const status = probe.getByText(/frame \d+ of \d+$/);
    await expect(status).toHaveText(/^paused · frame 1 of 16$/);
    await page.keyboard.press(".");
    await expect(status).toHaveText(/frame 2 of/);
    await page.keyboard.press(".");
    await expect(status).toHaveText(/frame 3 of/);
    await page.keyboard.press(",");
    await expect(status).toHaveText(/frame 2 of/);
    await page.keyboard.press("m");
    await expect(status).toHaveText(/^playing/);
    await expect(status).toHaveText(/frame ([5-9]|1\d) of/);
    await page.keyboard.press("m");
    await expect(status).toHaveText(/^paused/);
    expect(fetched).toHaveLength(5);

    await journey.step("a photo is drawn again after the clip in its place", async () => {
      await page.keyboard.press("a");
      await expect(status).toHaveCount(0);
      await expect(page.getByRole("button", { name: /^Wipe/ }).first()).toBeEnabled();
    });
    await journey.step("zoom and pan move both sides together", async () => {
      const scale = page.locator("[data-scale]");
      await expect(scale).toHaveText("1.0×");
      await page.keyboard.press("+");
      await page.keyboard.press("ArrowLeft");
      await expect(scale).toHaveText("1.3×");
      await page.keyboard.press("0");
      await expect(scale).toHaveText("1.0×");
    });
  },
);

journey(
  "long names, names from right to left and twenty candidates keep the workbench whole",
  async ({ place }) => {
    journey.setTimeout(240_000);
    const files = await evidence();
    const long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(5).trim();
    await place.send({
      externalId: "ver_twenty",
      attributes: {
        fullName: long,
        address: `${"Straße der Völkerfreundschaft ".repeat(12)}17b`,
        email: `${"a".repeat(64)}@${"b".repeat(200)}.example`,
      },
      candidates: Array.from({ length: 20 }, (_, index) => ({
        similarity: 99 - index,
        attributes: { fullName: "محمد بن عبد الرحمن آل مكتوم", address: "شارع الشيخ زايد ١٢، دبي" },
        evidence:
          index === 0 ? [{ ref: "c1-id", kind: "id_photo" as const, file: files.sameId }] : [],
      })),
    });
    const page = await place.sit("reviewer-1");
    await caseShown(page);
    await expect(page.getByText("0 of 20 sealed")).toBeVisible();
    await sealCandidate(page, 2);
    const details = page.getByRole("region", { name: "Details of both sides" });
    await expect(details.getByText(long, { exact: true })).toBeVisible();
    for (const width of [1440, 1024]) {
      await page.setViewportSize({ width, height: 768 });
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(beyond, `pixels beyond ${width}`).toBeLessThanOrEqual(0);
      await expect(nextStep(page)).toBeInViewport({ ratio: 1 });
    }
    await enter(page, "Next candidate");
    await sealAll(
      page,
      Array.from({ length: 19 }, () => 1 as const),
    );
    await reveal(page);
    await expect(page.getByRole("button", { name: "Show candidate 20" })).toBeVisible();
    await page.keyboard.press("3");
    await page.keyboard.press("6");
    await expect(nextStep(page)).toContainText("Distinct people");
    await expect(nextStep(page)).toBeInViewport({ ratio: 1 });
  },
);
