import { equalBytes } from "@secondlook/audit/bytes";
import { signCheckpoint } from "@secondlook/audit/checkpoint";
import type { NoteSigner } from "@secondlook/audit/note-signer";
import { portableSha256, type Sha256 } from "@secondlook/audit/sha256";
import { sql } from "drizzle-orm";
import { type Database, run } from "../database.ts";
import { givePositions, PASS_LIMIT } from "./give-positions.ts";
import { behind, growTree, type GrownTree, loadTree, openKept, otherRoot } from "./grown-tree.ts";
import { createLogStatus } from "./log-status.ts";
import { keepPartitions } from "./keep-partitions.ts";
import { ScanRange } from "./scan-range.ts";
import { SequencerError } from "./sequencer-error.ts";
import { createTicker } from "./ticker.ts";
import { newestCheckpoint } from "./tree-source.ts";

/** Keeps the newest signed head outside the database, so that an older copy of it is recognised. */
export interface PublishedCheckpoint {
  read(): Promise<string | undefined>;
  /** Replaces the kept note; durable once it resolves. */
  write(note: string): Promise<void>;
}

export interface SequencerOptions {
  /** The sequencer's log-in. */
  readonly db: Database;
  readonly signer: NoteSigner;
  /** First line of every checkpoint; must be the name of the signer's key. */
  readonly origin: string;
  readonly onError: (error: unknown) => void;
  /** Milliseconds since 1970; only paces publishing. */
  readonly clock?: () => number;
  readonly publishedCheckpoint?: PublishedCheckpoint;
  readonly sha256?: Sha256;
  /** Positions of one pass; fewer in tests. */
  readonly limit?: number;
  /** Called when a step is durable; a test stops a process here. */
  readonly onStep?: (step: SequencerStep) => Promise<void> | void;
}

export type SequencerStep = "positions" | "tiles" | "signed" | "stored";

/** What a pass did. `standby`: another process was at it. `more`: the limit was reached. */
export interface PassResult {
  readonly state: "signed" | "idle" | "standby";
  /** Events that are under a signed head. */
  readonly size: number;
  readonly given: number;
  readonly more: boolean;
}

export interface Sequencer {
  /** Gives positions to what is committed, then signs. Throws SequencerError where it may not. */
  pass(): Promise<PassResult>;
  /** A pass every 100 ms, less often while another process is at it or after a failure. */
  start(): void;
  /** Ends after one more pass, so that what was written until now is signed. */
  stop(): Promise<void>;
  /** How long the oldest event without a position has waited, in seconds; 0 where none waits. */
  lagSeconds(): Promise<number>;
}

const PUBLISH_MS = 1_000;
/** Two partitions of 2^24 events are ahead: at 10,000 events a second almost an hour's. */
const KEEP_MS = 60_000;

/**
 * The one writer of positions, tiles and signed heads (AUDIT-LOG section 2.4). Several may run: the
 * row lock on `audit.head` lets one at a time give positions, and what they sign is the same.
 */
export function createSequencer(options: SequencerOptions): Sequencer {
  const { db, signer, origin, publishedCheckpoint, limit = PASS_LIMIT } = options;
  const { clock = Date.now, sha256 = portableSha256, onStep = () => undefined } = options;
  if (signer.key.name !== origin) {
    throw new SequencerError(
      "wrong_key",
      `The log's key is named ${signer.key.name}, not ${origin}.`,
    );
  }
  const range = new ScanRange();
  const status = createLogStatus(db);
  let tree: GrownTree | undefined;
  let unpublished: string | undefined;
  let publishedAt = Number.NEGATIVE_INFINITY;
  let keptAt = Number.NEGATIVE_INFINITY;

  async function load(): Promise<GrownTree> {
    const published = await publishedCheckpoint?.read();
    return loadTree(db, { key: signer.key, published, sha256 });
  }

  /** Signs the grown tree unless its head is signed already. Says whether it did. */
  async function sign(grown: GrownTree): Promise<boolean> {
    const { size } = grown.frontier;
    const root = grown.frontier.root();
    const known = await openKept(await newestCheckpoint(db), signer.key, "The newest checkpoint");
    for (const head of [known, grown.signed]) {
      if (head?.size === size && !equalBytes(head.root, root)) throw otherRoot(size);
    }
    // Another process signed further; the next pass reads what it gave back and checks it.
    if (known !== undefined && known.size >= size) {
      grown.signed = { size: known.size, root: known.root };
      grown.stored = known.size;
      return false;
    }
    if (size === 0) return false;
    if (grown.signed !== undefined && grown.signed.size > size)
      throw behind(grown.signed.size, size);
    const note = await signCheckpoint({ origin, size, root }, [signer]);
    await onStep("signed");
    await run(
      db,
      sql`insert into audit.checkpoint (size, note) values (${size}, ${note}) on conflict (size) do nothing`,
    );
    grown.signed = { size, root };
    grown.stored = size;
    unpublished = note;
    await onStep("stored");
    return true;
  }

  async function publish(now: boolean): Promise<void> {
    if (unpublished === undefined || publishedCheckpoint === undefined) return;
    if (!now && clock() - publishedAt < PUBLISH_MS) return;
    await publishedCheckpoint.write(unpublished);
    unpublished = undefined;
    publishedAt = clock();
  }

  /** A failure stops nothing yet: there is room, and the next try comes in a minute. */
  async function keepRoom(): Promise<void> {
    if (clock() - keptAt < KEEP_MS) return;
    keptAt = clock();
    await keepPartitions(db).catch(options.onError);
  }

  async function pass(): Promise<PassResult> {
    await keepRoom();
    try {
      tree ??= await load();
      const found = await givePositions(db, range, limit);
      if (found === undefined) {
        return { state: "standby", size: tree.stored, given: 0, more: false };
      }
      if (found.given > 0) await onStep("positions");
      const before = tree.frontier.size;
      await growTree(db, tree, found.size);
      if (tree.frontier.size > before) await onStep("tiles");
      const done = tree.stored === found.size ? false : await sign(tree);
      await publish(false);
      const state = done ? "signed" : "idle";
      return { state, size: tree.stored, given: found.given, more: found.more };
    } catch (error) {
      // What is in memory may be ahead of what is stored: read everything again.
      tree = undefined;
      throw error;
    }
  }

  const ticker = createTicker(pass, options.onError);
  return {
    pass,
    start: () => ticker.start(),
    async stop() {
      await ticker.stop();
      try {
        while ((await pass()).more);
        await publish(true);
      } catch (error) {
        options.onError(error);
      }
    },
    lagSeconds: async () => (await status.read()).oldestUnsequencedSeconds,
  };
}
