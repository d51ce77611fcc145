/** A rating of one candidate against the probe, from surely different to surely the same. */
export const RATINGS = [-3, -2, -1, 0, 1, 2, 3] as const;
export type Rating = (typeof RATINGS)[number];

/** The words of the scale, in the order of keys 1 to 7. */
export const RATING_WORDS = {
  [-3]: "Surely different",
  [-2]: "Probably different",
  [-1]: "Rather different",
  0: "Can't tell",
  1: "Rather the same",
  2: "Probably the same",
  3: "Surely the same",
} as const satisfies Record<Rating, string>;

/** The parts of a face that are compared, top to bottom (FISWG 2018, ASTM E3149). */
export const COMPONENTS = [
  "hairline",
  "forehead",
  "brows",
  "eyes",
  "nose",
  "ears",
  "mouth",
  "chin",
  "face_shape",
  "marks",
] as const;
export type FaceComponent = (typeof COMPONENTS)[number];

export const COMPONENT_VIEWS = ["alike", "unlike", "not_visible"] as const;
export type ComponentView = (typeof COMPONENT_VIEWS)[number];

/** What is missing when one can't tell. */
export const MISSING_REASONS = [
  "photo_unclear",
  "clip_unclear",
  "face_covered",
  "pose_differs",
  "age_apart",
  "evidence_missing",
  "evidence_broken",
] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

/** A judgement as it is sealed: the rating, and what it was made of. */
export interface Judgement {
  readonly rating: Rating;
  readonly components: Partial<Record<FaceComponent, ComponentView>>;
  readonly missing: readonly MissingReason[];
}

export type JudgementRefusal = "missing_reason_needed" | "viewed_too_short";

/** How long a pair was looked at, and how long it has to be. */
export interface Viewed {
  readonly viewedMs: number;
  readonly minimumViewSeconds: number;
}

/**
 * Whether a judgement may be sealed. "Can't tell" has to say what is missing; the pair must have
 * been looked at for the minimum view, which the server counts.
 */
export function checkSeal(judgement: Judgement, view: Viewed): JudgementRefusal | undefined {
  if (view.viewedMs < view.minimumViewSeconds * 1000) return "viewed_too_short";
  if (judgement.rating === 0 && judgement.missing.length === 0) return "missing_reason_needed";
  return undefined;
}
