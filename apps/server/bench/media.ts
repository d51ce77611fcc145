import { openDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { z } from "zod";
import { alternate, type Report } from "../../../scripts/bench-harness.ts";

const READERS = 8;
const ROUND_MS = 2500;
const ROUNDS = 7;
const BOUND = 0.6;

/** The yardstick: a process of its own that streams one file as plainly as Node can. */
const PLAIN_SERVER = `
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
const [path, length] = process.argv.slice(1);
createServer((request, response) => {
  response.writeHead(200, { "content-type": "image/jpeg", "content-length": length });
  createReadStream(path).pipe(response);
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });
`;

/** An address to read, with what the request must carry. */
interface Target {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/**
 * Audited, decrypted reads of a rendition of about 1 MB at 8 readers, against `node:http` streaming
 * the same bytes in clear from disk. Both servers are processes of their own; one client reads both.
 */
export async function run(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "secondlook-bench-"));
  const product = await startProduct();
  try {
    const audited = await auditedTarget(product);
    const bytes = await readOnce(audited);
    const path = join(folder, "rendition.jpg");
    await writeFile(path, bytes);
    report.figure("the rendition", bytes.length / 1e6, "MB");
    const plain = await plainServer(path, bytes.length);
    try {
      await readsPerSecond(audited, 1000);
      await readsPerSecond(plain.target, 1000);
      const result = await alternate(
        () => readsPerSecond(audited, ROUND_MS),
        () => readsPerSecond(plain.target, ROUND_MS),
        ROUNDS,
      );
      report.comparison(["audited, decrypted", "node:http in clear"], result, "reads/s", {
        atLeast: BOUND,
      });
    } finally {
      plain.stop();
    }
    await countEvents(product, report);
  } finally {
    await product.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A case with one large photo, claimed, so that its rendition may be read. */
async function auditedTarget(product: Product): Promise<Target> {
  await sendCase(product);
  const signedIn = await fetch(`${product.url}/auth/demo`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account: "reviewer-1" }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0];
  if (cookie === undefined) throw new Error("Signing in gave no session.");
  const answer = await fetch(`${product.url}/trpc/queue.claimNext`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: "{}",
  });
  const { active } = claimSchema.parse(await answer.json()).result.data;
  const evidence = active.probe.evidence[0];
  if (evidence === undefined) throw new Error("The case has no evidence.");
  const query = new URLSearchParams({ case: active.caseId, fence: String(active.fence) });
  return {
    url: `${product.url}/media/${evidence.evidenceId}/detail?${query.toString()}`,
    headers: { cookie },
  };
}

const claimSchema = z.object({
  result: z.object({
    data: z.object({
      active: z.object({
        caseId: z.string(),
        fence: z.number(),
        probe: z.object({ evidence: z.array(z.object({ evidenceId: z.string() })) }),
      }),
    }),
  }),
});

async function sendCase(product: Product): Promise<void> {
  const capture = { noticeVersion: "2026-03", legalBasis: "contract" };
  const body = {
    externalId: "bench",
    flaggedAt: "2026-11-02T09:14:03Z",
    region: "VN",
    subject: { externalId: "bench-seller", attributes: {} },
    capture,
    evidence: [{ ref: "id", kind: "id_photo" }],
    matcher: {
      provider: "bench",
      modelVersion: "1",
      gallery: "bench",
      searchedAt: "2026-11-02T09:13:00Z",
      scoreScale: "none",
      recommendation: "none",
    },
    candidates: [],
  };
  const form = new FormData();
  form.set("case", new Blob([JSON.stringify(body)], { type: "application/json" }), "case.json");
  form.set("id", new Blob([await photo()]), "id");
  const answer = await fetch(`${product.url}/v1/cases`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.ingestKey}` },
    body: form,
  });
  if (answer.status !== 201) throw new Error(`The case was refused: ${await answer.text()}`);
}

/** Noise under a blur: its `detail` rendition comes to about 1 MB. */
async function photo(): Promise<Uint8Array<ArrayBuffer>> {
  const [width, height] = [1800, 1350];
  const noise = sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
  return new Uint8Array(await noise.blur(0.8).jpeg({ quality: 84 }).toBuffer());
}

async function plainServer(
  path: string,
  length: number,
): Promise<{ target: Target; stop: () => void }> {
  const args = ["--input-type=module", "-e", PLAIN_SERVER, path, String(length)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = z.tuple([z.instanceof(Buffer)]).parse(await once(child.stdout, "data"));
  return {
    target: { url: `http://127.0.0.1:${String(port).trim()}/`, headers: {} },
    stop: () => void child.kill(),
  };
}

/** Whole reads a second by all readers together, each with one connection kept open. */
async function readsPerSecond(target: Target, forMs: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: READERS });
  const began = performance.now();
  let reads = 0;
  const reader = async (): Promise<void> => {
    while (performance.now() - began < forMs) {
      await drain(target, agent);
      reads += 1;
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return reads / seconds;
}

function drain(target: Target, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(target.url, { agent, headers: target.headers }, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`${target.url} answered ${String(response.statusCode)}`));
      }
      response.on("end", resolve);
      response.on("error", reject);
      response.resume();
    });
    request.on("error", reject);
  });
}

async function readOnce(target: Target): Promise<Uint8Array> {
  const answer = await fetch(target.url, { headers: target.headers });
  if (!answer.ok) throw new Error(`The rendition can't be read: ${await answer.text()}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** That every read was recorded is what the figure is worth. */
async function countEvents(product: Product, report: Report): Promise<void> {
  const database = await openDatabase(product);
  try {
    const [row] = await database.rows("select count(*)::integer as events from audit.event");
    report.note(`The log holds ${String(row?.["events"])} events after it.`);
  } finally {
    await database.close();
  }
}
