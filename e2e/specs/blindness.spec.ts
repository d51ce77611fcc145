import type { Page, Response } from "@playwright/test";
import { caseShown, enter, reveal, sealAll } from "../support/bench-keys.ts";
import { openDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { expect, test } from "../support/test.ts";
import { MODEL_VERSION, PROVIDER, sendCase, SIMILARITIES } from "../support/upstream.ts";

/** What only the machine and upstream know of this case. The scores are like nothing else. */
const SECRETS = [
  ...SIMILARITIES.flatMap((score) => [String(score), score.toFixed(2), score.toFixed(1)]),
  PROVIDER,
  MODEL_VERSION,
  "same_person",
  "The same person",
  "match-ver_blind",
  "ver_blind",
];

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  const database = await openDatabase(product);
  await database.changePolicy({ minimumViewSeconds: 0 });
  await database.close();
});
test.afterAll(async () => {
  await product.stop();
});

test("nothing of the machine's view is in the browser before the reveal", async ({ seat }) => {
  await sendCase(product, { externalId: "ver_blind_1" });
  await sendCase(product, { externalId: "ver_blind_2" });
  const { page } = await seat(product, "reviewer-1", { path: null });
  const heard = await listen(page);
  await page.goto("/");
  await page.getByRole("button", { name: "reviewer-1" }).click();
  await caseShown(page);
  // The reserved case is prefetched, too; it must be as silent.
  await expect.poll(() => heard.media()).toBeGreaterThanOrEqual(7);

  await sealAll(page, [6, 2]);
  // Names are open now; ids and scores still are not.
  await expect(page.getByRole("region", { name: "Details of both sides" })).toBeVisible();
  expect(await heard.told(), "in answers, addresses and headers").toEqual([]);
  expect(secretsIn(await everythingIn(page)), "in the page").toEqual([]);
  expect(secretsIn(await storedIn(page)), "in what the browser keeps").toEqual([]);
  expect(secretsIn(await strings(page)), "in the page's memory").toEqual([]);

  await reveal(page);
  await expect(page.getByText(PROVIDER)).toBeVisible();
  // The same looking finds what is there afterwards, so it would have found it before.
  expect(await heard.told()).toEqual(expect.arrayContaining([PROVIDER, "same_person"]));
  expect(secretsIn(await everythingIn(page))).toContain(PROVIDER);
  expect(secretsIn(await strings(page))).toContain(PROVIDER);
  await enter(page, "Choose an outcome");
});

function secretsIn(text: string): string[] {
  return SECRETS.filter((secret) => text.includes(secret));
}

/** Records every answer that the page gets, with its headers and address. */
async function listen(page: Page): Promise<{ told(): Promise<string[]>; media(): number }> {
  const answers: Promise<string>[] = [];
  const streamed: string[] = [];
  let media = 0;
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  client.on("Network.eventSourceMessageReceived", ({ data }) => streamed.push(data));
  page.on("response", (response: Response) => {
    const { pathname } = new URL(response.url());
    // The console's own code has the words of every recommendation; it is the same for all cases.
    if (pathname.startsWith("/assets/") || response.url().startsWith("blob:")) return;
    // The stream's body has no end; each of its messages is recorded above.
    if (pathname === "/live/events") return;
    if (pathname.startsWith("/media/")) media += 1;
    answers.push(wordsOf(response));
  });
  return {
    media: () => media,
    async told() {
      expect(streamed.length, "messages of the stream").toBeGreaterThan(0);
      return secretsIn([...streamed, ...(await Promise.all(answers))].join("\n"));
    },
  };
}

async function wordsOf(response: Response): Promise<string> {
  const headers = (await response.headersArray()).map(({ name, value }) => `${name}: ${value}`);
  const body = await response.body().catch(() => Buffer.alloc(0));
  return [response.url(), ...headers, body.toString("latin1"), body.toString("utf8")].join("\n");
}

/** The whole document, with what fields hold. */
function everythingIn(page: Page): Promise<string> {
  return page.evaluate(() =>
    [
      document.title,
      location.href,
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll("input, textarea")].map((field) =>
        "value" in field ? String(field.value) : "",
      ),
    ].join("\n"),
  );
}

/** Local and session storage, databases, caches and cookies. */
function storedIn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return [
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      JSON.stringify(databases),
      JSON.stringify(await caches.keys()),
      document.cookie,
    ].join("\n");
  });
}

/** Every string on the page's heap, but those of its code. */
async function strings(page: Page): Promise<string> {
  const client = await page.context().newCDPSession(page);
  const parts: string[] = [];
  client.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => parts.push(chunk));
  await client.send("HeapProfiler.enable");
  await client.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await client.detach();
  const table = /"strings":\s*\[([\s\S]*)\]\s*\}\s*$/.exec(parts.join(""))?.[1] ?? "";
  const all: unknown = JSON.parse(`[${table}]`);
  if (!Array.isArray(all)) throw new Error("the heap snapshot has no strings");
  // The words of recommendations are in the code, so there they say nothing.
  return all
    .filter(
      (text) =>
        typeof text === "string" &&
        text !== "same_person" &&
        text !== "The same person" &&
        text.length < 20_000,
    )
    .join("\n");
}
