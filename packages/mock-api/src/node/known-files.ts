import { boothCapture, clipCapture } from "@secondlook/demo/capture";
import { drawClip } from "@secondlook/demo/clip";
import { drawIdCard } from "@secondlook/demo/id-card";
import { createPerson, type Person } from "@secondlook/demo/person";
import { createRandom } from "@secondlook/demo/random";
import type { FaceBox } from "@secondlook/domain/evidence/face-box";

/** A file of a case, and where the face on it is. */
export interface KnownFile {
  readonly kind: "id_photo" | "face_clip";
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly faceBox?: FaceBox;
}

/** Two people who do not exist, and clips of the first; drawn for tests and scenarios. */
export type KnownFiles = Readonly<
  Record<"probeId" | "sameId" | "otherId" | "clip" | "brokenClip", KnownFile>
>;

/** Draws the files; they are the same in every run. */
export async function drawKnownFiles(): Promise<KnownFiles> {
  const first = personOf("first");
  const clip = await faceClip(first);
  return {
    probeId: await idPhoto(first, "now"),
    sameId: await idPhoto(first, "years ago"),
    otherId: await idPhoto(personOf("second"), "now"),
    clip,
    // Its container is whole, so the server takes it; no browser can decode its frames.
    brokenClip: { kind: "face_clip", bytes: withoutFrames(clip.bytes) },
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
  return { kind: "id_photo", bytes: new Uint8Array(card.bytes), faceBox: card.faceBox };
}

async function faceClip(person: Person): Promise<KnownFile> {
  const capture = clipCapture(person, createRandom("clip", person.id), person.id);
  const clip = await drawClip({ person, capture, seed: person.id, seconds: 1.6 });
  return { kind: "face_clip", bytes: new Uint8Array(clip.bytes) };
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
