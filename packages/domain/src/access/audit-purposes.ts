/**
 * What somebody may read the log for. Chosen before anything is shown; it stands in the event of
 * the reading.
 */
export const AUDIT_PURPOSES = [
  "routine_review",
  "incident",
  "complaint",
  "subject_request",
  "authority_request",
] as const;
export type AuditPurpose = (typeof AUDIT_PURPOSES)[number];

export const AUDIT_PURPOSE_WORDS = {
  routine_review: "Routine review",
  incident: "Incident",
  complaint: "Complaint or appeal",
  subject_request: "Request of the person concerned",
  authority_request: "Request of an authority",
} as const satisfies Record<AuditPurpose, string>;
