import { createRandom } from "../people/random.ts";
import type { DrawnEvidence } from "./account-files.ts";
import type { AccountPlan, CasePlan } from "./plan.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");

function subjectJson(account: AccountPlan): object {
  return {
    externalId: account.externalId,
    attributes: {
      fullName: account.fullName,
      dateOfBirth: account.dateOfBirth,
      documentType: account.layout,
      documentNumber: account.documentNumber,
      nationality: account.nationality,
      address: account.address,
      email: account.email,
      phone: account.phone,
      payoutAccount: account.payoutAccount,
      deviceId: account.deviceId,
      ipAddress: account.ipAddress,
    },
  };
}

function captureJson(account: AccountPlan, flaggedAt: number): object {
  const capturedAt = flaggedAt - account.capturedDaysAgo * day - 7 * minute;
  return {
    noticeVersion: account.capturedDaysAgo > 240 ? "2025-01" : "2026-03",
    legalBasis: "consent",
    consentedAt: iso(capturedAt - 3 * minute),
    capturedAt: iso(capturedAt),
  };
}

/** The `case` part of `POST /v1/cases` for a plan, with times counted back from `now`. */
export function caseJson(options: {
  readonly plan: CasePlan;
  readonly seed: number;
  readonly now: Date;
  readonly probe: readonly DrawnEvidence[];
  readonly candidates: readonly (readonly DrawnEvidence[])[];
}): object {
  const { plan, now } = options;
  const flaggedAt = now.getTime() - plan.flaggedMinutesAgo * minute;
  const random = createRandom("match", options.seed, plan.name);
  const hex = (length: number): string =>
    Array.from({ length }, () => random.integer(0, 15).toString(16)).join("");
  return {
    externalId: plan.externalId,
    flaggedAt: iso(flaggedAt),
    region: plan.region,
    priority: plan.priority,
    languages: [...plan.languages],
    skills: [],
    subject: subjectJson(plan.probe),
    capture: captureJson(plan.probe, flaggedAt),
    evidence: options.probe.map((item) => item.evidence),
    matcher: { ...plan.matcher, gallery: plan.gallery, searchedAt: iso(flaggedAt - minute) },
    candidates: plan.candidates.map((candidate, i) => ({
      subject: subjectJson(candidate),
      capture: captureJson(candidate, flaggedAt),
      ...(candidate.similarity === undefined ? {} : { similarity: candidate.similarity }),
      matchId: `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
      sharedSignals: [...candidate.sharedSignals],
      evidence: (options.candidates[i] ?? []).map((item) => item.evidence),
    })),
  };
}
