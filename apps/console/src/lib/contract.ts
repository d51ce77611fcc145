import type { AppRouter, Inputs, Outputs } from "@secondlook/api/contract";

/** Names for the parts of the API's contract that the console speaks of. Types only. */
export type { AppRouter };

export type Me = Outputs["session"]["me"];
export type Preferences = Me["preferences"];
export type Account = NonNullable<Me["account"]>;

export type ClaimResult = Outputs["queue"]["claimNext"];
export type WorkCase = Extract<ClaimResult, { state: "work" }>["active"];
export type WorkCandidate = WorkCase["candidates"][number];
export type CaseId = WorkCase["caseId"];
export type CandidateId = WorkCandidate["candidateId"];
export type EvidenceView = WorkCase["probe"]["evidence"][number];
export type RenditionName = EvidenceView["renditions"][number]["name"];
export type EmptyReason = Extract<ClaimResult, { state: "empty" }>["reason"];
export type LeaseStates = Outputs["queue"]["heartbeat"]["leases"];
export type QueueOverview = Outputs["queue"]["overview"];
export type QueueSummary = Outputs["queue"]["summary"];
export type ShiftPerson = Outputs["queue"]["onShift"]["people"][number];
export type QueueRow = QueueOverview["rows"][number];
export type RouteAsked = Inputs["queue"]["route"];
export type RouteResults = Outputs["queue"]["route"]["results"];
export type Assignee = Outputs["queue"]["assignees"]["people"][number];
export type StuckCase = Outputs["queue"]["nobody"]["rows"][number];
export type WaitingQuestion = Outputs["queue"]["questions"]["rows"][number];
export type ReportedMistake = Outputs["decisions"]["mistakes"]["rows"][number];

export type LeaseRef = Pick<Inputs["judging"]["seal"], "caseId" | "fence">;
export type SealedJudgement = Inputs["judging"]["seal"]["judgement"];
/** How the pair was looked at when a rating was sealed. */
export type Viewing = NonNullable<Inputs["judging"]["seal"]["viewing"]>;
export type DraftContent = NonNullable<WorkCase["draft"]>;
export type AttributesView = Outputs["judging"]["attributes"];
export type RevealedField = Outputs["judging"]["revealField"];
export type Reveal = Outputs["judging"]["reveal"];
export type Submission = Inputs["decisions"]["submit"];
export type DecisionId = Outputs["decisions"]["submit"]["decisionId"];
export type UndoableDecision = NonNullable<Outputs["decisions"]["undoable"]["decision"]>;
export type OwnDecision = Outputs["decisions"]["mine"]["rows"][number];
export type ReleaseInput = Inputs["queue"]["release"];

export type CaseSearch = Inputs["cases"]["search"];
export type CaseRow = Outputs["cases"]["search"]["rows"][number];
export type IngestKey = Outputs["ingestKeys"]["list"]["keys"][number];
export type CasePage = Outputs["cases"]["page"];

export type AuditPurpose = Inputs["audit"]["query"]["purpose"];
export type AuditFilter = Omit<Inputs["audit"]["query"], "purpose" | "cursor">;
export type AuditPage = Outputs["audit"]["query"];
export type AuditRow = AuditPage["rows"][number];
export type AuditEventView = Outputs["audit"]["proof"];
export type OwnTrail = Outputs["audit"]["mine"];

export type InsightsFilter = Inputs["insights"]["overview"];
export type Insights = Outputs["insights"]["overview"];
export type Backlog = Outputs["insights"]["backlog"];
export type WhatIfAsked = Inputs["insights"]["whatIf"];
export type WhatIfAnswer = Outputs["insights"]["whatIf"];
export type OwnInsights = Outputs["insights"]["me"];
export type CountedCases = Outputs["insights"]["cases"];
export type CaseFigure = Inputs["insights"]["cases"]["figure"];
export type CsvSection = Inputs["insights"]["csv"]["section"];
