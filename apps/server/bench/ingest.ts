import { availableParallelism } from "node:os";
import { demoBundles } from "@secondlook/demo/demo-cases";
import { createMediaPreparer } from "@secondlook/media/preparer";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import { alternate, type Report } from "../../../scripts/bench-harness.ts";

/** `pnpm bench ingest --quick` sends a tenth. */
const CASES = process.argv.includes("--quick") ? 100 : 1000;
/** Where the server's memory is looked at, as shares of all cases; growth counts from the first. */
const LOOKS = [0.1, 0.25, 0.5, 0.75, 1] as const;
const ROUNDS = 5;
const PER_ROUND = 6;
/** One more than a source may have inside, so that a place is never empty. */
const SENDERS = 3;
const MOST_GROWTH = 1.25;

interface Files {
  readonly photos: readonly [Uint8Array, Uint8Array];
  readonly clip: Uint8Array;
}

/**
 * Cases of two photos and a clip each, over HTTP into the product as an operator starts it: cases a
 * second beside the preparation of the same files alone, and the server's memory over a thousand.
 */
export async function run(report: Report): Promise<void> {
  const files = await demoFiles();
  const bytes = [...files.photos, files.clip].map((each) => each.length / 1e6);
  report.figure(
    "a case's files",
    bytes.reduce((sum, each) => sum + each, 0),
    "MB",
  );
  report.note(`${SENDERS} senders of one source, ${availableParallelism()} processors`);
  const product = await startProduct();
  const media = createMediaPreparer();
  let sent = 0;
  const send = async (count: number): Promise<number> => {
    const last = sent + count;
    return perSecond(count, SENDERS, async () => {
      sent += 1;
      if (sent <= last) await sendCase(product, files, sent);
    });
  };
  try {
    await send(SENDERS);
    const result = await alternate(
      () => send(PER_ROUND),
      () => perSecond(PER_ROUND, 2, () => prepare(media, files)),
      ROUNDS,
    );
    report.comparison(["taken whole", "prepared only"], result, "cases/s");

    const began = performance.now();
    const before = sent;
    let first: number | undefined;
    for (const look of LOOKS) {
      await send(before + Math.round(CASES * look) - sent);
      const memory = await residentMb(product);
      report.figure(`the server's memory after ${sent} cases`, memory, "MB");
      first ??= memory;
      if (look === 1) {
        const bound = { atMost: MOST_GROWTH };
        report.figure(
          `that, over the one after ${before + CASES * LOOKS[0]}`,
          memory / first,
          "×",
          bound,
        );
      }
    }
    report.figure("cases", ((sent - before) * 1000) / (performance.now() - began), "cases/s");
  } finally {
    await media.close();
    await product.stop();
  }
}

/** Runs `task` this often, several at a time; how many a second. */
async function perSecond(
  count: number,
  together: number,
  task: () => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  let left = count;
  await Promise.all(
    Array.from({ length: together }, async () => {
      while (left > 0) {
        left -= 1;
        await task();
      }
    }),
  );
  return (count * 1000) / (performance.now() - began);
}

/** Two photos and a clip of the demo's made-up people. */
async function demoFiles(): Promise<Files> {
  const photos: Uint8Array[] = [];
  const clips: Uint8Array[] = [];
  for await (const bundle of demoBundles({ seed: 1, now: new Date("2026-11-02T09:00:00Z") })) {
    for (const { mediaType, bytes } of bundle.files.values()) {
      if (mediaType.startsWith("image/")) photos.push(bytes);
      else clips.push(bytes);
    }
    const [one, two] = photos;
    const [clip] = clips;
    if (one !== undefined && two !== undefined && clip !== undefined) {
      return { photos: [one, two], clip };
    }
  }
  throw new Error("The demo has not two photos and a clip.");
}

async function prepare(
  media: ReturnType<typeof createMediaPreparer>,
  { photos, clip }: Files,
): Promise<void> {
  const results = await Promise.all([
    ...photos.map((bytes) => media.preparePhoto({ bytes: Uint8Array.from(bytes) })),
    media.prepareClip({ bytes: Uint8Array.from(clip) }),
  ]);
  if (!results.every(({ ok }) => ok)) throw new Error("The demo's files can't be prepared.");
}

async function sendCase(product: Product, files: Files, number: number): Promise<void> {
  const capture = { noticeVersion: "2026-03", legalBasis: "contract" };
  const subject = (name: string): object => ({
    externalId: `${name}_${number}`,
    attributes: { fullName: "Nguyễn Thị Ánh" },
  });
  const body = {
    externalId: `bench_${number}`,
    flaggedAt: "2026-11-02T09:14:03Z",
    region: "VN",
    subject: subject("probe"),
    capture,
    evidence: [
      { ref: "id", kind: "id_photo" },
      { ref: "clip", kind: "face_clip" },
    ],
    matcher: {
      provider: "bench",
      modelVersion: "1",
      gallery: "bench",
      searchedAt: "2026-11-02T09:13:00Z",
      scoreScale: "0-100",
      threshold: 90,
      recommendation: "same_person",
    },
    candidates: [
      {
        subject: subject("candidate"),
        capture,
        similarity: 97.2,
        evidence: [{ ref: "c1-id", kind: "id_photo" }],
      },
    ],
  };
  const form = new FormData();
  form.set("case", new Blob([JSON.stringify(body)], { type: "application/json" }), "case.json");
  const [probe, candidate] = files.photos;
  for (const [ref, bytes] of [
    ["id", probe],
    ["clip", files.clip],
    ["c1-id", candidate],
  ] as const) {
    form.set(ref, new Blob([Uint8Array.from(bytes)]), ref);
  }
  const answer = await fetch(`${product.url}/v1/cases`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.ingestKey}` },
    body: form,
  });
  if (answer.status !== 201) throw new Error(`A case was refused: ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** The server's own memory; its children and Postgres are processes of their own. */
async function residentMb(product: Product): Promise<number> {
  const text = await (await fetch(`${product.url}/metrics`)).text();
  const bytes = /^process_resident_memory_bytes (\d+)/m.exec(text)?.[1];
  if (bytes === undefined) throw new Error("/metrics does not tell the memory.");
  return Number(bytes) / 1e6;
}
