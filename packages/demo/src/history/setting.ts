import type { Id } from "@secondlook/domain/ids";
import type { Recommendation } from "@secondlook/domain/insights/override";
import type { Random } from "../people/random.ts";
import type { Effect } from "./effects.ts";

/** A case before anybody looks at it; only the history knows the truth. */
export interface Setting {
  readonly region: string;
  readonly provider: string;
  readonly modelVersion: string;
  readonly threshold: number;
  readonly recommendation: Recommendation;
  readonly isSame: boolean;
  readonly similarity: number;
}

/** Where a made-up year takes place, with the share of its cases. */
export const REGIONS = [
  ["VN", 0.3],
  ["US", 0.25],
  ["UA", 0.15],
  ["DE", 0.15],
  ["CN", 0.1],
  ["AE", 0.05],
] as const;

/** The matchers of a made-up year; rekognition 7.0 takes the place of 6.1 on the way. */
export const MODELS = [
  { provider: "rekognition", modelVersion: "6.1", threshold: 80 },
  { provider: "rekognition", modelVersion: "7.0", threshold: 80 },
  { provider: "faceplus", modelVersion: "3.2", threshold: 75 },
] as const;

/** Shares of the same person among what the machine says; the same for every model and region. */
const TRULY_SAME = { same_person: 0.6, different_person: 0.06, none: 0.2 } as const;

/** Draws a case. `progress` through the year, 0 to 1: model 7.0 takes the place of 6.1 on the way. */
export function caseSetting(random: Random, progress: number, effects: readonly Effect[]): Setting {
  const region = regionOf(random.next());
  const [old, successor, other] = MODELS;
  const isRekognition = random.chance(0.7);
  const isNew = random.chance(Math.min(1, Math.max(0, (progress - 0.35) * 4)));
  const { provider, modelVersion, threshold } = isRekognition ? (isNew ? successor : old) : other;
  const drawn = random.next();
  const recommendation: Recommendation =
    drawn < 0.7 ? "same_person" : drawn < 0.93 ? "different_person" : "none";
  const planted = effects.find(
    (each) =>
      each.kind === "over_matches" &&
      each.provider === provider &&
      each.modelVersion === modelVersion &&
      each.region === region,
  );
  const share =
    recommendation === "same_person" && planted?.kind === "over_matches"
      ? planted.share
      : TRULY_SAME[recommendation];
  const isSame = random.chance(share);
  return {
    region,
    provider,
    modelVersion,
    threshold,
    recommendation,
    isSame,
    similarity: Math.round(similarity(random, recommendation, isSame) * 100) / 100,
  };
}

function regionOf(at: number): string {
  let left = at;
  for (const [region, share] of REGIONS) {
    left -= share;
    if (left < 0) return region;
  }
  return REGIONS[0][0];
}

function similarity(random: Random, recommendation: Recommendation, isSame: boolean): number {
  const from = recommendation === "same_person" ? 92 : 80;
  const width = recommendation === "same_person" ? 7.9 : 12;
  return from + width * (isSame ? Math.sqrt(random.next()) : random.next() ** 2);
}

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The 22 letters of a new id, drawn like everything else. */
function tail(random: Random): string {
  let text = "";
  for (let at = 0; at < 22; at += 1) text += LETTERS[Math.floor(random.next() * 62)] ?? "0";
  return text;
}

export const drawId = {
  case: (random: Random): Id<"case"> => `cas_${tail(random)}`,
  candidate: (random: Random): Id<"candidate"> => `cnd_${tail(random)}`,
  run: (random: Random): Id<"run"> => `run_${tail(random)}`,
  decision: (random: Random): Id<"decision"> => `dec_${tail(random)}`,
} as const;
