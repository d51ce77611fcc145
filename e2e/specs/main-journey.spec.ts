import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page, Response } from "@playwright/test";
import { z } from "zod";
import { caseShown, decide, fillDecision, reveal, sealAll } from "../support/bench-keys.ts";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { expect, test } from "../support/test.ts";
import { sendCase, upstreamView } from "../support/upstream.ts";

const VERIFIER = fileURLToPath(new URL("../../docs/verify_log.py", import.meta.url));
/** What is looked at in a leaf. */
const leafSchema = z.object({
  kind: z.string(),
  outcome: z.string(),
  case: z.string().optional(),
  purpose: z.object({ code: z.string() }).optional(),
});
const RATIONALE = "The same scar over the left brow.";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(async () => {
  await product.stop();
});

test("a case is compared, decided, taken back, decided again and confirmed, and the log tells it all", async ({
  seat,
}) => {
  const caseId = await sendCase(product, { externalId: "ver_journey" });
  expect(await upstreamView(product, caseId)).toEqual({ stage: "in_review", outcome: null });

  const first = await seat(product, "reviewer-1", { path: null, covered: true });
  const { page } = first;
  let mediaAnswers = 0;
  const count = (response: Response): void => {
    if (new URL(response.url()).pathname.startsWith("/media/")) mediaAnswers += 1;
  };
  first.context.on("response", count);
  await signInByKeyboard(page, "reviewer-1");
  await caseShown(page);

  await test.step("evidence is covered until a key is held", async () => {
    const covered = page.getByText("The evidence is covered.");
    await expect(covered).toBeVisible();
    await page.keyboard.down("Space");
    await expect(covered).toBeHidden();
    await page.keyboard.up("Space");
    await expect(covered).toBeVisible();
    await page.keyboard.press("b");
    await expect(covered).toBeHidden();
  });

  await test.step("names open with the seal and not before", async () => {
    await expect(page.getByRole("region", { name: "Details of both sides" })).toHaveCount(0);
    await page.keyboard.press("z");
    await page.keyboard.press("x");
    await page.keyboard.press("c");
  });
  await judgeAsDuplicate(page);
  await decide(page, "Duplicate");

  await test.step("the decision is taken back, comes back as it was, and is made again", async () => {
    await expect(page.getByText("Decided: Duplicate", { exact: true })).toBeVisible();
    await page.keyboard.press("u");
    await expect(page.getByLabel("Rationale")).toHaveValue(RATIONALE);
    await decide(page, "Duplicate");
    await expect(page.getByText("Decided: Duplicate", { exact: true })).toBeVisible();
  });
  await expect(page.getByRole("heading", { name: "Nothing is waiting" })).toBeVisible();
  expect(await upstreamView(product, caseId)).toEqual({ stage: "in_review", outcome: null });

  await test.step("once the decision stands, the first account is told that it needs another", async () => {
    await expect(async () => {
      await page.keyboard.press("Enter");
      await expect(
        page.getByRole("heading", { name: "What is left needs somebody else" }),
      ).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000, intervals: [500] });
  });

  await test.step("a second account, blind to the first, confirms", async () => {
    const second = await seat(product, "reviewer-2", { path: null });
    second.context.on("response", count);
    await signInByKeyboard(second.page, "reviewer-2");
    await caseShown(second.page);
    await judgeAsDuplicate(second.page);
    await decide(second.page, "Duplicate");
    await expect(second.page.getByText("Decided: Duplicate", { exact: true })).toBeVisible();
  });
  await expect
    .poll(() => upstreamView(product, caseId), { timeout: 20_000 })
    .toEqual({ stage: "settled", outcome: "duplicate" });

  await test.step("the log verifies, tells each access, and a changed byte is found", () =>
    checkLog(caseId, mediaAnswers));
});

/** How often each kind of event is told of the case; the log has no event without a reason, either. */
function expectedKinds(mediaAnswers: number): Record<string, number> {
  return {
    // One leaf for each person that an act is about: the probe and two candidates.
    "case.ingest": 3,
    "score.reveal": 9,
    "case.claim": 3,
    "case.open": 3,
    "candidate.open": 4,
    "judgement.seal": 4,
    "decision.submit": 3,
    "decision.undo": 1,
    "decision.settle": 2,
    "decision.effective": 1,
    // One GET is one event.
    "media.read": mediaAnswers,
  };
}

/** Counts the events of a case by kind, without those that come as often as a spec asks. */
function ofCase(leaves: readonly string[], caseId: string): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const line of leaves) {
    const leaf: unknown = JSON.parse(line);
    const { case: of, kind, outcome, purpose } = leafSchema.parse(leaf);
    if (of !== caseId || kind === "case.view" || kind === "field.reveal") continue;
    expect(outcome, line).toBe("allowed");
    if (kind === "media.read") expect(purpose?.code, line).toBe("review");
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

/** Walks with Tab to the account's button and presses it, as somebody without a mouse does. */
async function signInByKeyboard(page: Page, handle: string): Promise<void> {
  await page.goto("/");
  const button = page.getByRole("button", { name: handle });
  await button.waitFor();
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    if (await button.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
}

/** The first is found the same, the second different; the order of candidates tells nothing. */
async function judgeAsDuplicate(page: Page): Promise<void> {
  await expect(page.getByText("0 of 2 sealed")).toBeVisible();
  await sealAll(page, [7, 1]);
  await expect(page.getByRole("region", { name: "Details of both sides" })).toBeVisible();
  await reveal(page);
  await fillDecision(page, { outcome: 1, rationale: RATIONALE });
}

async function checkLog(caseId: string, mediaAnswers: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "secondlook-log-"));
  try {
    const out = join(folder, "log");
    const exported = await product.run(["audit", "export", "--out", out]);
    expect(exported.code, exported.output).toBe(0);
    const verified = await product.run(["audit", "verify", out]);
    expect(verified.code, verified.output).toBe(0);
    const inPlace = await product.run(["audit", "verify"]);
    expect(inPlace.code, inPlace.output).toBe(0);

    const leaves = (await readFile(join(out, "leaves.jsonl"), "utf8")).trim().split("\n");
    expect(ofCase(leaves, caseId)).toEqual(expectedKinds(mediaAnswers));

    const python = spawnSync("python3", [VERIFIER, out], { encoding: "utf8" });
    if (python.error === undefined) expect(python.status, python.stderr).toBe(0);

    const middle = leaves.length >> 1;
    const changed = leaves.with(
      middle,
      (leaves[middle] ?? "").replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
    );
    await writeFile(join(out, "leaves.jsonl"), `${changed.join("\n")}\n`);
    const refused = await product.run(["audit", "verify", out]);
    expect(refused.code, refused.output).toBe(1);
    if (python.error === undefined) {
      expect(spawnSync("python3", [VERIFIER, out]).status).not.toBe(0);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
