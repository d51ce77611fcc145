import type { World } from "../world.ts";

interface MadeCase {
  /** Known files of the probe; an ID photo and a clip where nothing is said. */
  readonly probe?: readonly string[];
  readonly attributes?: object;
  readonly candidates?: readonly {
    readonly files: readonly string[];
    readonly attributes?: object;
  }[];
}

/** A case made of known files, as `world.sendCase` takes it. */
export function madeCase(
  world: World,
  name: string,
  of: MadeCase,
): [body: object, files: Record<string, string>] {
  const { probe = ["probeId", "clip"], candidates = [{ files: ["sameId"] }] } = of;
  const now = world.backend.clock.now().getTime();
  const at = (minutesAgo: number): string => new Date(now - minutesAgo * 60_000).toISOString();
  const capture = {
    noticeVersion: "2026-03",
    legalBasis: "consent",
    consentedAt: at(30),
    capturedAt: at(25),
  };
  const files: Record<string, string> = {};
  const evidence = (prefix: string, names: readonly string[]): object[] =>
    names.map((file, index) => {
      const ref = `${prefix}${index + 1}`;
      files[ref] = file;
      const known = world.backend.index.files[file];
      if (known === undefined) throw new Error(`There is no known file called ${file}.`);
      const kind = known.prepared.type === "clip" ? "face_clip" : "id_photo";
      const { faceBox } = known;
      return { ref, kind, ...(faceBox === undefined ? {} : { faceBox }) };
    });
  const body = {
    externalId: `ver_${name}`,
    flaggedAt: at(20),
    region: "VN",
    priority: "normal",
    languages: ["vi"],
    subject: {
      externalId: `seller_${name}`,
      attributes: of.attributes ?? {
        fullName: "Nguyễn Văn Ánh",
        dateOfBirth: "1991-04-02",
        documentNumber: "C1234567",
        payoutAccount: "VN-970436-0011",
      },
    },
    capture,
    evidence: evidence("p", probe),
    matcher: {
      provider: "rekognition",
      modelVersion: "7.0",
      gallery: "sellers-vn",
      searchedAt: at(21),
      scoreScale: "0-100",
      threshold: 80,
      recommendation: "same_person",
    },
    candidates: candidates.map((candidate, index) => ({
      subject: {
        externalId: `seller_${name}_${index + 1}`,
        attributes: candidate.attributes ?? {
          fullName: `Nguyen Van ${index + 1}`,
          dateOfBirth: "1990-02-14",
          payoutAccount: "VN-970436-0011",
        },
      },
      capture,
      similarity: 99 - index * 0.7,
      sharedSignals: ["payoutAccount"],
      evidence: evidence(`c${index + 1}-`, candidate.files),
    })),
  };
  return [body, files];
}
