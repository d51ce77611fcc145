import type { CardText } from "../cards/card-design.ts";
import { drawIdCard } from "../cards/id-card.ts";
import { drawClip } from "../clips/clip.ts";
import { boothCapture, clipCapture, phoneCapture, type Capture } from "../people/capture.ts";
import { createRandom } from "../people/random.ts";
import { drawFacePicture } from "../pictures/draw-face.ts";
import type { FaceBox } from "@secondlook/domain/evidence/face-box";
import { castPerson, type Cast } from "./cast.ts";
import type { AccountPlan } from "./plan.ts";

export interface DemoFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** One piece of evidence as the case names it, with its file. */
export interface DrawnEvidence {
  readonly evidence: {
    readonly ref: string;
    readonly kind: "id_photo" | "profile_photo" | "face_clip";
    readonly faceBox?: FaceBox;
  };
  readonly file: DemoFile;
}

const titles: Readonly<Record<string, Readonly<Record<AccountPlan["layout"], string>>>> = {
  VN: { passport: "HỘ CHIẾU", national_id: "THẺ CĂN CƯỚC", driving_licence: "GIẤY PHÉP LÁI XE" },
  CN: { passport: "护照", national_id: "居民身份证", driving_licence: "机动车驾驶证" },
  AE: { passport: "جواز سفر", national_id: "بطاقة الهوية", driving_licence: "رخصة القيادة" },
  UA: {
    passport: "ПАСПОРТ",
    national_id: "ПОСВІДЧЕННЯ ОСОБИ",
    driving_licence: "ПОСВІДЧЕННЯ ВОДІЯ",
  },
  BG: { passport: "ПАСПОРТ", national_id: "ЛИЧНА КАРТА", driving_licence: "КНИЖКА НА ВОДАЧ" },
  EG: { passport: "جواز سفر", national_id: "بطاقة شخصية", driving_licence: "رخصة قيادة" },
  MX: {
    passport: "PASAPORTE",
    national_id: "CÉDULA DE IDENTIDAD",
    driving_licence: "LICENCIA DE CONDUCIR",
  },
  DE: { passport: "REISEPASS", national_id: "PERSONALAUSWEIS", driving_licence: "FÜHRERSCHEIN" },
  US: { passport: "PASSPORT", national_id: "STATE ID", driving_licence: "DRIVER LICENSE" },
};
const englishTitles = {
  passport: "PASSPORT",
  national_id: "IDENTITY CARD",
  driving_licence: "DRIVING LICENCE",
} as const;

/** Draws everything an account sent. `prefix` tells the refs of one account from another's. */
export async function drawAccount(options: {
  readonly seed: number;
  readonly region: string;
  readonly account: AccountPlan;
  readonly prefix: string;
  readonly cast?: Cast;
}): Promise<DrawnEvidence[]> {
  const { seed, account, prefix, cast } = options;
  const person = castPerson(seed, account.role, cast);
  const key = `${seed} ${account.externalId}`;
  const look = account.look ?? {};
  const drawn: DrawnEvidence[] = [];
  const add = (
    name: string,
    kind: DrawnEvidence["evidence"]["kind"],
    picture: { bytes: Uint8Array; mediaType: string; faceBox?: FaceBox },
  ): void => {
    const ref = prefix + name;
    drawn.push({
      evidence: {
        ref,
        kind,
        ...(picture.faceBox === undefined ? {} : { faceBox: picture.faceBox }),
      },
      file: {
        fileName: `${ref}.${picture.mediaType === "video/webm" ? "webm" : "jpg"}`,
        mediaType: picture.mediaType,
        bytes: picture.bytes,
      },
    });
  };
  const booth: Capture = {
    ...boothCapture(person, createRandom("booth", key), `booth ${key}`),
    ...look,
  };
  const { missing = false, ...card } = account.card ?? {};
  if (!missing)
    add(
      "id",
      "id_photo",
      await drawIdCard({
        person,
        capture: booth,
        layout: account.layout,
        text: cardText(options.region, account),
        seed: key,
        ...card,
      }),
    );
  if (account.profilePhoto !== undefined) {
    const { look: own, ...finish } = account.profilePhoto;
    const capture: Capture = {
      ...phoneCapture(person, createRandom("phone", key), `phone ${key}`),
      ...look,
      ageOffsetYears: look.ageOffsetYears ?? 0,
      ...own,
    };
    add(
      "profile",
      "profile_photo",
      await drawFacePicture({ person, capture, width: 600, height: 750, ...finish }),
    );
  }
  if (account.clip !== undefined) {
    const { role, look: own, lengthInHeader, broken } = account.clip;
    const seen = role === undefined ? person : castPerson(seed, role, cast);
    const capture: Capture = {
      ...clipCapture(seen, createRandom("clip", key), `clip ${key}`),
      ...(role === undefined ? look : {}),
      ageOffsetYears: 0,
      ...own,
    };
    add(
      "clip",
      "face_clip",
      await drawClip({
        person: seen,
        capture,
        seed: key,
        lengthInHeader: lengthInHeader ?? true,
        broken: broken ?? false,
      }),
    );
  }
  return drawn;
}

function cardText(region: string, account: AccountPlan): CardText {
  const country = region.slice(0, 2);
  const random = createRandom("dates", account.externalId);
  const issuedYear = random.integer(2019, 2025);
  const monthDay = `${String(random.integer(1, 12)).padStart(2, "0")}-${String(random.integer(1, 28)).padStart(2, "0")}`;
  return {
    title: [
      titles[country]?.[account.layout] ?? englishTitles[account.layout],
      englishTitles[account.layout],
    ],
    nativeName: account.fullName,
    surname: account.surname,
    givenNames: account.givenNames,
    documentNumber: account.documentNumber,
    dateOfBirth: account.dateOfBirth,
    issuedOn: `${issuedYear}-${monthDay}`,
    expiresOn: `${issuedYear + 10}-${monthDay}`,
    nationality: account.nationality,
    address: account.address,
  };
}
