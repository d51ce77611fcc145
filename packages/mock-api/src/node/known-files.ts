import { boothCapture, clipCapture } from "@secondlook/demo/capture";
import { drawClip } from "@secondlook/demo/clip";
import { drawIdCard } from "@secondlook/demo/id-card";
import { createPerson, type Person } from "@secondlook/demo/person";
import { createRandom } from "@secondlook/demo/random";
import type { FaceBox } from "@secondlook/domain/evidence/face-box";
import sharp from "sharp";
import { drawBands, drawQuarters } from "./plain-pictures.ts";

/** A file of a case, and where the face on it is. */
export interface KnownFile {
  readonly type: "photo" | "clip";
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly faceBox?: FaceBox;
}

type FileName =
  // Two people who do not exist, and clips of the first.
  | "probeId"
  | "sameId"
  | "otherId"
  | "largeId"
  | "clip"
  | "brokenClip"
  // Plain colours, for what is told by pixels.
  | "quarters"
  | "quartersMiddle"
  | "quartersCorner"
  | "even"
  | "bands";

/** The files that tests and scenarios send. */
export type KnownFiles = Readonly<Record<FileName, KnownFile>>;

/** The colours of `quarters`, clockwise from the upper left; `even` is the last one alone. */
export const QUARTERS = [
  [200, 0, 0],
  [0, 160, 0],
  [0, 0, 220],
  [120, 120, 120],
] as const;

const MIDDLE: FaceBox = { left: 0.25, top: 0.25, width: 0.5, height: 0.5, space: "upright" };

/** Draws the files; they are the same in every run. */
export async function drawKnownFiles(): Promise<KnownFiles> {
  const first = personOf("first");
  const clip = await faceClip(first);
  const probeId = await idPhoto(first, "now");
  const quarters: KnownFile = { type: "photo", bytes: await drawQuarters(QUARTERS) };
  const [, , , grey] = QUARTERS;
  return {
    probeId,
    sameId: await idPhoto(first, "years ago"),
    otherId: await idPhoto(personOf("second"), "now"),
    // Larger than what is shown at first, so that there is detail to be asked for.
    largeId: { ...probeId, bytes: await enlarge(probeId.bytes, 2400) },
    clip,
    // Its container is whole, so the server takes it; no browser can decode its frames.
    brokenClip: { type: "clip", bytes: withoutFrames(clip.bytes) },
    quarters,
    quartersMiddle: { ...quarters, faceBox: MIDDLE },
    quartersCorner: { ...quarters, faceBox: { ...MIDDLE, left: 0, top: 0 } },
    even: { type: "photo", bytes: await drawQuarters([grey, grey, grey, grey]) },
    bands: { type: "photo", bytes: await drawBands([5, 122, 246]) },
  };
}

function personOf(id: string): Person {
  const random = createRandom("e2e", id);
  return createPerson({ id, random, ancestry: "southeastAsian", masculinity: 0.9, ageYears: 34 });
}

async function idPhoto(person: Person, seed: string): Promise<KnownFile> {
  const key = `${person.id} ${seed}`;
  const card = await drawIdCard({
    person,
    capture: boothCapture(person, createRandom("booth", key), key),
    layout: "national_id",
    text: {
      title: ["THẺ CĂN CƯỚC", "IDENTITY CARD"],
      nativeName: "Nguyễn Văn Ánh",
      surname: "NGUYEN",
      givenNames: "VAN ANH",
      documentNumber: "C1234567",
      dateOfBirth: "1991-04-02",
      issuedOn: "2021-05-06",
      expiresOn: "2031-05-06",
      nationality: "VNM",
      address: "12 Trần Duy Hưng, Hà Nội",
    },
    seed: key,
  });
  return { type: "photo", bytes: new Uint8Array(card.bytes), faceBox: card.faceBox };
}

async function faceClip(person: Person): Promise<KnownFile> {
  const capture = clipCapture(person, createRandom("clip", person.id), person.id);
  const clip = await drawClip({ person, capture, seed: person.id, seconds: 1.6 });
  return { type: "clip", bytes: new Uint8Array(clip.bytes) };
}

async function enlarge(bytes: Uint8Array, width: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await sharp(bytes).resize({ width }).jpeg().toBuffer());
}

/** Overwrites the picture data of every VP8 key frame behind its ten bytes of header. */
function withoutFrames(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const broken = bytes.slice();
  for (let at = 0; at + 7 < broken.length; at += 1) {
    if (broken[at] !== 0x9d || broken[at + 1] !== 0x01 || broken[at + 2] !== 0x2a) continue;
    // The start code of a key frame stands behind its three-byte frame tag.
    broken.fill(0, at - 3, at + 3);
  }
  return broken;
}
