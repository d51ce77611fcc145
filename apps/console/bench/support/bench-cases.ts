import { randomBytes } from "node:crypto";
import type { Product } from "@secondlook/testkit/product/start-product";
import sharp from "sharp";

/** Sends cases with two photos of the probe and one of a candidate, of about 1280 × 960 each. */
export async function sendCases(product: Product, count: number): Promise<void> {
  const photos = await Promise.all([0, 1, 2].map(() => photo()));
  const capture = { noticeVersion: "2026-03", legalBasis: "contract" };
  for (let index = 0; index < count; index += 1) {
    const body = {
      externalId: `bench-${index}`,
      flaggedAt: "2026-11-02T09:14:03Z",
      region: "VN",
      subject: { externalId: `seller-${index}`, attributes: { fullName: "Nguyen Van A" } },
      capture,
      evidence: [
        { ref: "id", kind: "id_photo" },
        { ref: "profile", kind: "profile_photo" },
      ],
      matcher: {
        provider: "bench",
        modelVersion: "1",
        gallery: "bench",
        searchedAt: "2026-11-02T09:13:00Z",
        scoreScale: "0-100",
        threshold: 80,
        recommendation: "same_person",
      },
      candidates: [
        {
          subject: { externalId: `other-${index}`, attributes: {} },
          capture,
          similarity: 90,
          evidence: [{ ref: "c1-id", kind: "id_photo" }],
        },
      ],
    };
    const form = new FormData();
    form.set("case", new Blob([JSON.stringify(body)], { type: "application/json" }), "case.json");
    for (const [at, ref] of ["id", "profile", "c1-id"].entries()) {
      form.set(ref, new Blob([photos[at] ?? new Uint8Array()]), ref);
    }
    const answer = await fetch(`${product.url}/v1/cases`, {
      method: "POST",
      headers: { authorization: `Bearer ${product.ingestKey}` },
      body: form,
    });
    if (answer.status !== 201) throw new Error(`A case was refused: ${await answer.text()}`);
  }
}

/** A picture with as much in it as a photograph of a face. */
async function photo(): Promise<Uint8Array<ArrayBuffer>> {
  const [width, height] = [1280, 960];
  const noise = sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
  return new Uint8Array(await noise.blur(3).jpeg({ quality: 84 }).toBuffer());
}
