import type { CardLayout } from "../cards/card-design.ts";
import type { Table } from "../cards/photograph.ts";
import type { SharedSignal } from "@secondlook/domain/ingest/case-payload";
import type { Capture } from "../people/capture.ts";
import type { Role } from "./cast.ts";

/** One account of a demo case: who is behind it, what was typed, and what was photographed. */
export interface AccountPlan {
  readonly externalId: string;
  /** Somebody of the cast. */
  readonly role: string;
  readonly fullName: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly dateOfBirth: string;
  readonly documentNumber: string;
  readonly layout: CardLayout;
  readonly nationality: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
  readonly payoutAccount: string;
  readonly deviceId: string;
  readonly ipAddress: string;
  /** Days before the case was flagged. */
  readonly capturedDaysAgo: number;
  /** What this person looked like at the time: hair, beard, glasses, headscarf, age. */
  readonly look?: Partial<Capture>;
  readonly card?: {
    /** The account has no document on file; it then needs another picture. */
    readonly missing?: boolean;
    readonly exifTurned?: boolean;
    readonly boxSpace?: "stored" | "upright";
    readonly table?: Partial<Table>;
  };
  readonly profilePhoto?: { readonly exifTurned?: boolean; readonly look?: Partial<Capture> };
  /** Absent where no clip was sent. `role` is who was really in front of the camera. */
  readonly clip?: {
    readonly role?: string;
    readonly look?: Partial<Capture>;
    readonly lengthInHeader?: boolean;
    /** Whole as a file, but no browser can decode its frames. */
    readonly broken?: boolean;
  };
}

export interface CandidatePlan extends AccountPlan {
  readonly similarity?: number;
  readonly sharedSignals: readonly SharedSignal[];
}

/** The right answer, for those who evaluate; it never goes into the case. */
export interface Truth {
  readonly outcome:
    | "duplicate"
    | "permitted_second_account"
    | "distinct"
    | "inconclusive"
    | "identity_mule";
  /** External ids of candidates who are the same person as the probe's document shows. */
  readonly same: readonly string[];
  readonly machineWasRight: boolean | undefined;
  readonly note: string;
}

export interface CasePlan {
  readonly name: string;
  readonly externalId: string;
  readonly region: string;
  readonly languages: readonly string[];
  readonly priority: "low" | "normal" | "high" | "urgent";
  readonly flaggedMinutesAgo: number;
  readonly gallery: string;
  readonly matcher: {
    readonly provider: string;
    readonly modelVersion: string;
    readonly scoreScale: "0-1" | "0-100" | "none";
    readonly threshold?: number;
    readonly recommendation: "same_person" | "different_person" | "none";
  };
  readonly probe: AccountPlan;
  readonly candidates: readonly CandidatePlan[];
  /** People of this case alone, beside those whom all cases know. */
  readonly cast?: Readonly<Record<string, Role>>;
  readonly truth: Truth;
}

export const rekognition = {
  provider: "rekognition",
  modelVersion: "7.0",
  scoreScale: "0-100",
  threshold: 90,
} as const;
export const faceApi = {
  provider: "azure-face",
  modelVersion: "recognition_04",
  scoreScale: "0-1",
  threshold: 0.6,
} as const;
export const codeOnly = {
  provider: "idcheck",
  modelVersion: "2026.2",
  scoreScale: "none",
} as const;

const comparable = [
  "payoutAccount",
  "deviceId",
  "address",
  "ipAddress",
  "email",
  "phone",
  "documentNumber",
] as const satisfies readonly SharedSignal[];

/** What two accounts really have in common. */
export const sharedSignalsOf = (a: AccountPlan, b: AccountPlan): readonly SharedSignal[] =>
  comparable.filter((name) => a[name] === b[name]);
