import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, brotliDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StopError } from "../config/stop-error.ts";
import { loadConsoleFiles } from "./console-files.ts";
import { type HttpParts, type HttpServer, serve } from "./serve.ts";

const SCRIPT = "export {};\n".repeat(300);
const errors: string[] = [];
let folder = "";
let server: HttpServer | undefined;

beforeEach(async () => {
  errors.length = 0;
  folder = await mkdtemp(join(tmpdir(), "secondlook-http-"));
  await mkdir(join(folder, "assets"));
  await writeFile(
    join(folder, "index.html"),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><p>page',
  );
  await writeFile(join(folder, "assets/main.js"), SCRIPT);
  await writeFile(join(folder, "theme.js"), "theme");
  await writeFile(join(folder, ".source-hash"), "hidden");
});

afterEach(async () => {
  await server?.drain();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(change: Partial<HttpParts> = {}): Promise<HttpServer> {
  server = await serve(
    {
      api: () => Response.json({ message: "There is nothing at this address." }, { status: 404 }),
      console: await loadConsoleFiles(folder),
      operations: async () => undefined,
      loopbackOnly: true,
      secure: false,
      log: {
        info: () => undefined,
        error: (_, message) => errors.push(message),
      },
      ...change,
    },
    { host: "127.0.0.1", port: 0 },
  );
  return server;
}

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly agent?: Agent;
  } = {},
): Promise<Got> {
  const { port } = new URL(server?.url ?? "");
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, ...options }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    })
      .once("error", reject)
      .end();
  });
}

/** What comes back for these very bytes. */
function raw(text: string): Promise<string> {
  const { port } = new URL(server?.url ?? "");
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), "127.0.0.1", () => socket.write(text));
    socket.on("data", (part) => (answer += part.toString()));
    socket.once("error", reject);
    socket.once("close", () => resolve(answer));
  });
}

const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
};

describe("headers", () => {
  it.each([
    ["a page", "/", 200],
    ["a deep page", "/cases/cas_x", 200],
    ["an asset", "/assets/main.js", 200],
    ["a missing asset", "/assets/gone.js", 404],
    ["the API", "/trpc/nothing", 404],
    ["a fault in a route", "/fault", 500],
  ])("%s carries them all", async (_, path, status) => {
    await start({
      operations: async (asked) => {
        if (new URL(asked.url).pathname === "/fault") throw new Error("the database is away");
        return undefined;
      },
    });
    const got = await ask(path);
    expect(got.status).toBe(status);
    expect(got.headers).toMatchObject(EVERYWHERE);
    expect(got.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(got.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(got.headers["cache-control"]).toBeDefined();
    expect(got.headers["strict-transport-security"]).toBeUndefined();
    expect(got.body.toString()).not.toContain("database");
    expect(errors).toHaveLength(status === 500 ? 1 : 0);
  });

  it("a route's own win over them", async () => {
    await start({
      api: () => new Response("x", { headers: { "content-security-policy": "sandbox" } }),
    });
    expect((await ask("/media/x/face")).headers["content-security-policy"]).toBe("sandbox");
  });

  it("over TLS browsers are told to stay with it", async () => {
    await start({ secure: true });
    expect((await ask("/")).headers["strict-transport-security"]).toBe("max-age=31536000");
  });
});

describe("the console's page", () => {
  it("has a nonce of its own each time, the same in header and page, and is never kept", async () => {
    await start();
    const nonces = new Set<string>();
    for (const path of ["/", "/queue", "/"]) {
      const { headers, body } = await ask(path);
      const [, nonce = ""] =
        /style-src-elem 'self' 'nonce-([^']{22}==)'/.exec(
          headers["content-security-policy"]?.toString() ?? "",
        ) ?? [];
      expect(body.toString()).toBe(`<meta name="csp-nonce" content="${nonce}"><p>page`);
      expect(headers["cache-control"]).toBe("no-store");
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it("answers HEAD with the same headers and no body", async () => {
    await start();
    const head = await ask("/", { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    expect(head.headers["content-length"]).toBe((await ask("/")).headers["content-length"]);
    expect((await ask("/assets/main.js", { method: "HEAD" })).body).toHaveLength(0);
  });

  it("is not what an API address or a missing file gives, nor any other method", async () => {
    await start();
    for (const path of ["/trpc/x", "/v1/cases", "/media/a/b", "/auth/demo", "/gone.js"]) {
      expect((await ask(path)).status, path).toBe(404);
    }
    expect((await ask("/", { method: "POST" })).status).toBe(404);
    expect((await ask("/.source-hash")).body.toString()).not.toContain("hidden");
  });
});

describe("assets", () => {
  it.each([
    ["br, gzip", "br", brotliDecompressSync],
    ["gzip", "gzip", gunzipSync],
    ["br;q=0, gzip;q=0.5", "gzip", gunzipSync],
    ["identity", undefined, (bytes: Buffer) => bytes],
    ["", undefined, (bytes: Buffer) => bytes],
  ])("for “%s” come as %s", async (accepted, coding, unpack) => {
    await start();
    const got = await ask("/assets/main.js", { headers: { "accept-encoding": accepted } });
    expect(got.headers["content-encoding"]).toBe(coding);
    expect(unpack(got.body).toString()).toBe(SCRIPT);
    expect(got.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(got.headers.vary).toBe("accept-encoding");
  });

  it("with a hash in their name are kept for a year, others are asked for again", async () => {
    await start();
    const kept = (await ask("/assets/main.js")).headers["cache-control"];
    expect(kept).toBe("public, max-age=31536000, immutable");
    expect((await ask("/theme.js")).headers["cache-control"]).toBe("no-cache");
  });
});

describe("a foreign name that points to this machine", () => {
  it.each(["evil.example", "evil.example:4400", "localhost.evil.example", "127.0.0.1.nip.io", "x"])(
    "%s is refused in demo mode",
    async (host) => {
      await start();
      const got = await ask("/", { headers: { host } });
      expect(got.status).toBe(421);
      expect(got.headers).toMatchObject(EVERYWHERE);
    },
  );

  it.each(["localhost", "LOCALHOST:4400", "127.0.0.1:1", "[::1]:4400"])(
    "%s is this machine's own",
    async (host) => {
      await start();
      expect((await ask("/", { headers: { host } })).status).toBe(200);
    },
  );

  it("is answered outside demo mode, where a proxy passes it on", async () => {
    await start({ loopbackOnly: false });
    expect((await ask("/", { headers: { host: "review.example" } })).status).toBe(200);
  });

  it("and a host that is none gets 400, with the headers, and no fault in the log", async () => {
    await start();
    const answer = await raw("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.toLowerCase()).toContain("x-content-type-options: nosniff");
    expect(await raw("GET / HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(errors).toEqual([]);
  });
});

describe("draining", () => {
  it("answers what is under way on a connection that is kept open, and then closes it", async () => {
    let release: () => void = () => undefined;
    const reached = Promise.withResolvers<void>();
    await start({
      api: async () => {
        reached.resolve();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return new Response("answered");
      },
    });
    const agent = new Agent({ keepAlive: true });
    const asked = ask("/v1/slow", { agent });
    await reached.promise;
    const drained = server?.drain();
    await expect(ask("/")).rejects.toThrow(/ECONNREFUSED/);
    release();
    expect((await asked).body.toString()).toBe("answered");
    await drained;
    agent.destroy();
  });
});

describe("an address that can't be had", () => {
  it("is told in one sentence", async () => {
    const { url } = await start();
    const at = (host: string, port: number): Promise<HttpServer> =>
      serve(
        {
          api: () => new Response(),
          console: () => undefined,
          operations: async () => undefined,
          loopbackOnly: false,
          secure: false,
          log: { info: () => undefined, error: () => undefined },
        },
        { host, port },
      );
    await expect(at("127.0.0.1", Number(new URL(url).port))).rejects.toThrow(
      /^Port \d+ on 127\.0\.0\.1 is in use; .*PORT\.$/,
    );
    await expect(at("192.0.2.1", 0)).rejects.toThrow(
      /^192\.0\.2\.1 is not an address of this machine; .*HOST/,
    );
    await expect(at("no such host", 0)).rejects.toBeInstanceOf(StopError);
  });
});
