import type { RandomBytes } from "@secondlook/domain/ids";
import type { MediaPreparer } from "@secondlook/domain/evidence/prepared";
import type { GroupAppender } from "@secondlook/db/audit/append";
import type { LogStatus } from "@secondlook/db/audit/log-status";
import type { StallGuard } from "@secondlook/db/audit/stall-guard";
import type { Database } from "@secondlook/db/database";
import type { ObjectStore } from "@secondlook/vault/object-store";
import type { Vault } from "@secondlook/vault/vault";
import type { Denials } from "./denials.ts";
import type { Emitter } from "./emitter.ts";
import type { Live } from "./live.ts";

/** Work that happens after a commit; enqueued in the deciding transaction or not at all. */
export type Job =
  | {
      readonly task: "settle_decision";
      readonly payload: { readonly decisionId: string };
      readonly runAt: Date;
    }
  | {
      readonly task: "sweep_objects";
      readonly payload: Record<string, never>;
      readonly runAt: Date;
    };

/** How the session's token travels: a cookie on the server, an in-memory jar in mock mode. */
export interface SessionCarrier {
  read(request: Request): string | undefined;
  /** Null ends it. */
  write(response: Headers, token: string | null, expiresAt: Date): void;
}

/** Operational log: codes and ids, never a field about a person. */
export interface OperationalLog {
  info(fields: Record<string, string | number | boolean>, message: string): void;
  error(fields: Record<string, string | number | boolean>, message: string, cause?: unknown): void;
}

/** Everything outside that the API needs: nothing in this package reaches for a global. */
export interface Deps {
  /** The application's log-in. */
  readonly db: Database;
  /** The log reader's log-in: the read model only. */
  readonly reader: Database;
  readonly vault: Vault;
  readonly objects: ObjectStore;
  readonly media: MediaPreparer;
  readonly emitter: Emitter;
  readonly appender: GroupAppender;
  readonly denials: Denials;
  readonly enqueue: (tx: Database, job: Job) => Promise<void>;
  readonly clock: () => Date;
  readonly random: RandomBytes;
  readonly session: SessionCarrier;
  readonly log: OperationalLog;
  /** Demo accounts may sign in without a link; loopback only. */
  readonly demo: boolean;
  /** How the log stands; through the sequencer's log-in, the only one that may read it. */
  readonly logStatus: { read(): Promise<LogStatus> };
  /** The log's verifier key (vkey), by which browsers check proofs. */
  readonly logKey: string;
  /** Closed while the log is stalled: sensitive reads stop. */
  readonly stallGuard: StallGuard;
  /** Tells the streams of every server that something has changed. */
  readonly live: Live;
}
