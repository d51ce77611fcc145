import { makeClip } from "@secondlook/media/testing/clips";
import { noise, quadrants } from "@secondlook/media/testing/pictures";
import { type CaseBody, evidenceRefs } from "./case-payload.ts";

/** A small JPEG that a decoder reads. */
export async function realPhoto(): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await quadrants().jpeg().toBuffer());
}

/** A JPEG that ends after this share of its picture. */
export async function cutPhoto(share: number): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await noise(400, 400).jpeg().toBuffer();
  return Uint8Array.from(whole.subarray(0, Math.round(whole.length * share)));
}

/** A short WebM of real frames. */
export async function realClip(): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await makeClip());
}

/** A real file for every evidence ref of a body. */
export async function realFiles(body: CaseBody): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const [photo, clip] = await Promise.all([realPhoto(), realClip()]);
  return new Map(
    evidenceRefs(body).map(({ ref, kind }) => [ref, kind === "face_clip" ? clip : photo]),
  );
}
