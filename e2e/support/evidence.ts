import type { FaceBox } from "@secondlook/domain/evidence/face-box";
import { drawKnownFiles, type KnownFiles } from "@secondlook/mock-api/known-files";

/** A file of a case, and where the face on it is. */
export interface EvidenceFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly faceBox?: FaceBox;
  /** Mock mode was made with these files and knows each by its name. */
  readonly name?: string;
}

export type Evidence = Readonly<Record<keyof KnownFiles, EvidenceFile>>;

let drawn: Promise<Evidence> | undefined;

/** Draws the files once for the whole run; they are the same in every run. */
export function evidence(): Promise<Evidence> {
  drawn ??= drawAll();
  return drawn;
}

async function drawAll(): Promise<Evidence> {
  const known = await drawKnownFiles();
  const named = (name: keyof KnownFiles): EvidenceFile => ({ name, ...known[name] });
  return {
    probeId: named("probeId"),
    sameId: named("sameId"),
    otherId: named("otherId"),
    largeId: named("largeId"),
    clip: named("clip"),
    brokenClip: named("brokenClip"),
    quarters: named("quarters"),
    quartersMiddle: named("quartersMiddle"),
    quartersCorner: named("quartersCorner"),
    even: named("even"),
    bands: named("bands"),
  };
}
