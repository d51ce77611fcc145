import type { PolicyDocument } from "./policy.ts";

/** Policy version 1, which every deployment starts with. */
export const POLICY_V1: PolicyDocument = {
  base: {
    thresholds: [],
    blindJudging: true,
    attributesAfterSeal: true,
    secondRoundOutcomes: ["duplicate", "identity_mule"],
    secondRoundSampleRate: 0,
    undoSeconds: 10,
    leaseSeconds: 120,
    heartbeatSeconds: 20,
    hardCapMinutes: 30,
    hardCapWarningMinutes: 5,
    minimumViewSeconds: 4,
    slaMinutes: { urgent: 4 * 60, high: 12 * 60, normal: 48 * 60, low: 120 * 60 },
    reasonCodes: {
      duplicate: ["same_face", "same_document", "same_face_and_data"],
      permitted_second_account: ["exemption_business", "exemption_assisted", "exemption_recovery"],
      distinct: ["different_face", "relatives", "lookalike", "no_match"],
      inconclusive: ["photo_unusable", "clip_unusable", "evidence_contradicts", "cannot_tell"],
      identity_mule: ["face_not_holder", "coached_capture", "fronted_account"],
    },
    legalBasis: "consent",
    noticeVersion: "2026-03",
    retentionDays: { id_photo: 180, profile_photo: 180, face_clip: 90 },
    measureActivity: true,
    reopenSettledOn: ["matcher_run", "evidence"],
  },
  regions: {},
};
