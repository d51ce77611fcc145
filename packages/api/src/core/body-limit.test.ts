import { Hono } from "hono";
import { expect, test } from "vitest";
import { limitBody } from "./body-limit.ts";

const MAX = 1024;
const app = new Hono();
app.use("*", limitBody(MAX));
app.all("*", async (c) => c.text(`${c.req.header("x-mine") ?? ""}:${await c.req.text()}`));

/** A body of this many chunks, and how many of them were asked for. */
function chunked(chunks: number): { readonly body: ReadableStream<Uint8Array>; asked: number } {
  const counted = {
    asked: 0,
    body: new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (counted.asked === chunks) return controller.close();
          counted.asked += 1;
          controller.enqueue(new Uint8Array(256).fill(97));
        },
      },
      { highWaterMark: 0 },
    ),
  };
  return counted;
}

async function send(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: "POST", body, headers: { "x-mine": "kept", ...headers }, duplex: "half" };
  return app.fetch(new Request("https://review.example/trpc/drafts.save", init));
}

test("a body within the limit comes through whole, with its headers", async () => {
  expect(await (await send("é".repeat(MAX / 2))).text()).toBe(`kept:${"é".repeat(MAX / 2)}`);
  expect(await (await send(chunked(4).body)).text()).toBe(`kept:${"a".repeat(MAX)}`);
  expect(await (await send("")).text()).toBe("kept:");
  expect(await (await app.request("/trpc/session.me")).text()).toBe(":");
});

test("a longer one is refused, counted in bytes", async () => {
  expect((await send("é".repeat(MAX / 2 + 1))).status).toBe(413);
  expect((await send("a".repeat(MAX + 1))).status).toBe(413);
});

test("one that is announced as longer is not read at all", async () => {
  const counted = chunked(1);
  expect((await send(counted.body, { "content-length": String(MAX + 1) })).status).toBe(413);
  expect(counted.asked).toBe(0);
});

test("one of no announced length is read up to the limit and no further", async () => {
  const counted = chunked(1_000_000);
  expect((await send(counted.body)).status).toBe(413);
  expect(counted.asked).toBe(5);
});
