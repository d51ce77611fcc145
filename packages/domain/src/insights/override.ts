import type { Finding } from "../decisions/outcome.ts";

/** What the machine recommended. */
export const RECOMMENDATIONS = ["same_person", "different_person", "none"] as const;
export type Recommendation = (typeof RECOMMENDATIONS)[number];

/** The answer to “any same?”; null where something is unresolved and nothing the same. */
export function anySame(findings: readonly Finding[]): "same" | "different" | null {
  if (findings.includes("same")) return "same";
  return findings.includes("unresolved") ? null : "different";
}

/** What became of a recommendation. */
export type Override = "cleared" | "caught" | "followed" | "no_recommendation" | "unresolved";

/**
 * Compares the human answer with the recommendation (DESIGN section 1): `cleared` where the machine said
 * same and it is not, `caught` the other way round. The last two are in neither numerator nor denominator.
 */
export function classifyOverride(
  recommendation: Recommendation,
  findings: readonly Finding[],
): Override {
  if (recommendation === "none") return "no_recommendation";
  const answer = anySame(findings);
  if (answer === null) return "unresolved";
  if (recommendation === "same_person") return answer === "different" ? "cleared" : "followed";
  return answer === "same" ? "caught" : "followed";
}
