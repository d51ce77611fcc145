/** Why a case may be taken by nobody. */
export const NOBODY_REASONS = [
  "region",
  "language",
  "skill",
  "nobody_whole",
  "all_had_part",
] as const;
export type NobodyReason = (typeof NOBODY_REASONS)[number];

/** What of a case's route is covered by anybody whose role is one for it. */
export interface Cover {
  readonly region: boolean;
  readonly languages: boolean;
  readonly skills: boolean;
  /** How many people fit in everything. */
  readonly fitting: number;
}

/**
 * The reason to tell: what is missing in the team comes first, since giving it to somebody is the
 * quickest remedy; then that no single person has it all; then that all who fit had a part in it.
 */
export function whyNobody(cover: Cover): NobodyReason {
  if (cover.fitting > 0) return "all_had_part";
  if (!cover.region) return "region";
  if (!cover.languages) return "language";
  return cover.skills ? "nobody_whole" : "skill";
}
