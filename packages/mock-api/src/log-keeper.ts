import { formatVerifierKey } from "@secondlook/audit/note-key";
import { signerFromSeed } from "@secondlook/audit/note-signer";
import { createLogStatus, type LogStatus } from "@secondlook/db/audit/log-status";
import { createSequencer } from "@secondlook/db/audit/sequencer";
import type { Database } from "@secondlook/db/database";

const ORIGIN = "mock.invalid/secondlook";

/** Gives events their positions, between requests and not at the same time. */
export interface LogKeeper {
  /** The log's verifier key. */
  readonly key: string;
  /** How the log stood after the last pass; asks nothing of the session, which may be taken. */
  readonly status: { read(): Promise<LogStatus> };
  /** Gives positions to every event so far and signs, unless it is stalled. */
  sequence(): Promise<void>;
  /** Leaves events without positions from now on. */
  stall(): void;
}

/** Keeps the log of a database through the sequencer's log-in. */
export async function createLogKeeper(db: Database): Promise<LogKeeper> {
  const signer = await signerFromSeed(ORIGIN, new Uint8Array(32).fill(9));
  const sequencer = createSequencer({
    db,
    signer,
    origin: ORIGIN,
    onError: (error) => {
      throw error;
    },
  });
  const live = createLogStatus(db);
  let stalled = false;
  let known = await live.read();
  return {
    key: formatVerifierKey(signer.key),
    status: { read: () => Promise.resolve(known) },
    async sequence() {
      while (!stalled && (await sequencer.pass()).more);
      known = await live.read();
    },
    stall() {
      stalled = true;
    },
  };
}
