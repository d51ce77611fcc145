import type { EventBody } from "@secondlook/audit/event";
import type { Database } from "@secondlook/db/database";
import type { NewCaseUpdate } from "@secondlook/db/upstream/case-updates";
import type { OwnCase, ProposedCandidate } from "@secondlook/db/upstream/own-case";
import type { UpstreamEffect, UpstreamKind } from "@secondlook/domain/cases/upstream";
import type { KnownCase } from "@secondlook/domain/cases/upstream-payloads";
import type { Inconsistency } from "@secondlook/domain/ingest/case-consistency";
import type { z } from "zod";
import type { Deps } from "../core/deps.ts";
import type { Describes } from "../ingest/evidence-items.ts";
import type { WrittenObjects } from "../ingest/sealed-evidence.ts";
import type { Prepared } from "../ingest/sealed-verification.ts";

/** One kind of message from upstream about a case: its form, and what is kept of it. */
export interface MessageKind<Payload> {
  readonly kind: UpstreamKind;
  readonly schema: z.ZodType<Payload>;
  /** Whether files may come with it. */
  readonly files: boolean;
  /** What of it contradicts itself or the case. */
  faults(payload: Payload, known: KnownCase): readonly Inconsistency[];
  /** Where its evidence stands. */
  evidence(payload: Payload): Describes;
  /** The accounts that it names, by their ids upstream. */
  accounts(payload: Payload): readonly string[];
  /** Encrypts it and writes its objects, before the transaction. */
  seal(deps: Deps, of: SealContext<Payload>, written: WrittenObjects): Promise<SealedMessage>;
}

interface SealContext<Payload> extends Prepared {
  readonly payload: Payload;
  readonly own: OwnCase;
}

/** Where a message lands: what it counts from, and what came of it. */
interface Landing {
  readonly cycle: number;
  readonly effect: UpstreamEffect;
}

/** A message that is ready to be stored. */
export interface SealedMessage {
  readonly withdrawal: NewCaseUpdate["withdrawal"];
  /** Stores it, before the case moves; `candidates` are the newest run's, as they stand now. */
  store(tx: Database, cycle: number, candidates: readonly ProposedCandidate[]): Promise<void>;
  /** One event for each account, without who sent it. */
  events(landing: Landing): readonly MessageEvent[];
}

type Sent = Extract<EventBody, { kind: "case.run" | "case.evidence" | "case.withdraw" }>;
type WithoutSender<T> = T extends unknown ? Omit<T, "case" | "source" | "key" | "outcome"> : never;
type MessageEvent = WithoutSender<Sent>;
