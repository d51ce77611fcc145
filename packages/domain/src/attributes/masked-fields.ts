/**
 * Attributes that stay masked after the seal until they are asked for, each a view of its own in the
 * log: with them an identity can be taken over, and how they compare is mostly enough.
 */
export const MASKED_FIELDS = ["dateOfBirth", "documentNumber"] as const;
export type MaskedField = (typeof MASKED_FIELDS)[number];

/** Whether a field is masked. */
export function isMasked(field: string): field is MaskedField {
  return MASKED_FIELDS.some((masked) => masked === field);
}
