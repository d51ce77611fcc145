import { Hono } from "hono";
import { expect, test } from "vitest";
import { refuseCrossSite } from "./cross-site.ts";

const app = new Hono();
app.use("*", refuseCrossSite);
app.all("*", (c) => c.text("in"));

async function status(headers: Record<string, string>): Promise<number> {
  const response = await app.fetch(
    new Request("https://review.example/trpc/queue.claimNext", {
      method: "POST",
      headers: { host: "review.example", ...headers },
    }),
  );
  return response.status;
}

test("the console's own requests and those of machines come in", async () => {
  expect(await status({})).toBe(200);
  expect(await status({ "sec-fetch-site": "same-origin", origin: "https://review.example" })).toBe(
    200,
  );
  expect(await status({ "sec-fetch-site": "none" })).toBe(200);
});

test("what another site makes a browser send is refused", async () => {
  expect(await status({ "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await status({ "sec-fetch-site": "same-site" })).toBe(403);
  expect(await status({ origin: "https://evil.example" })).toBe(403);
  expect(await status({ origin: "https://review.example.evil.example" })).toBe(403);
  expect(await status({ origin: "https://review.example:8443" })).toBe(403);
  expect(await status({ "sec-fetch-site": "same-origin", origin: "https://evil.example" })).toBe(
    403,
  );
});

test("an origin that says nothing is refused: a sandboxed page, a redirect, nonsense", async () => {
  expect(await status({ origin: "null" })).toBe(403);
  expect(await status({ origin: "review.example" })).toBe(403);
});
