import type { FaceComponent, MissingReason, Rating } from "@secondlook/domain/judging/rating";

export const COMPONENT_WORDS: Record<FaceComponent, string> = {
  hairline: "Hairline",
  forehead: "Forehead",
  brows: "Brows",
  eyes: "Eyes",
  nose: "Nose",
  ears: "Ears",
  mouth: "Mouth",
  chin: "Chin",
  face_shape: "Face shape",
  marks: "Marks, scars",
};

export const MISSING_WORDS: Record<MissingReason, string> = {
  photo_unclear: "A photo is unclear",
  clip_unclear: "The clip is unclear",
  face_covered: "The face is covered",
  pose_differs: "The poses differ",
  age_apart: "Years lie between",
  evidence_missing: "Evidence is missing",
  evidence_broken: "Evidence is broken",
};

/** `+2`, `0`, `−3`. */
export function signed(rating: Rating): string {
  if (rating > 0) return `+${rating}`;
  return rating < 0 ? `−${-rating}` : "0";
}
