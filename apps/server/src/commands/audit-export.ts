import { createEmitter } from "@secondlook/api/emitter";
import { parseLeaf } from "@secondlook/audit/leaf";
import { leafLine } from "@secondlook/audit/lines";
import { NoteError } from "@secondlook/audit/note-key";
import type { NoteSigner } from "@secondlook/audit/note-signer";
import { appendEvents } from "@secondlook/db/audit/append";
import {
  ExportError,
  exportLog,
  type LogExport,
  signedSize,
} from "@secondlook/db/audit/export-log";
import { createSequencer, type PublishedCheckpoint } from "@secondlook/db/audit/sequencer";
import { SequencerError } from "@secondlook/db/audit/sequencer-error";
import type { Database } from "@secondlook/db/database";
import { nodeSha256 } from "@secondlook/db/sha256";
import type { RandomBytes } from "@secondlook/domain/ids";
import { setTimeout as sleep } from "node:timers/promises";
import { ExportFolder, ExportFolderError } from "./export-folder.ts";

/** What an export needs of the deployment; a server may run beside it, or not. */
export interface AuditExportParts {
  /** The application's log-in: records the export. */
  readonly app: Database;
  /** The sequencer's log-in: reads the leaves, and signs where no server does. */
  readonly sequencer: Database;
  readonly signer: NoteSigner;
  readonly publishedCheckpoint?: PublishedCheckpoint;
  readonly clock: () => Date;
  readonly random: RandomBytes;
}

const LOOK_MS = 50;
const PATIENCE_MS = 60_000;

/**
 * Writes the log into a folder: `leaves.jsonl`, `checkpoint`, `vkey`. The export is recorded first,
 * and is part of what it writes. Whole or nothing.
 *
 * @returns the process's exit code: 0, or 1 after a sentence.
 */
export async function auditExport(
  parts: AuditExportParts,
  dir: string,
  print: (line: string) => void,
): Promise<number> {
  try {
    const folder = await ExportFolder.open(dir);
    try {
      const log = await recordedExport(parts);
      await folder.write("leaves.jsonl", lines(log));
      await folder.write("vkey", [`${log.vkey}\n`]);
      await folder.write("checkpoint", [log.checkpoint]);
      await folder.keep();
      print(
        `The log's ${log.size} leaves, its checkpoint and its verifier key are in ${folder.path}.`,
      );
      return 0;
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!isSaid(error)) throw error;
    print(error.message);
    return 1;
  }
}

async function recordedExport(parts: AuditExportParts): Promise<LogExport> {
  const { app, sequencer: db, signer, clock, random, publishedCheckpoint } = parts;
  const actor = { id: "sys_operator", role: "operator" } as const;
  const emitter = createEmitter(clock, random);
  const size = await signedSize(db);
  // One transaction, so that the exported log tells this process's whole life.
  const start = emitter.stamp({ kind: "emitter.start", outcome: "allowed" }, actor);
  const record = emitter.stamp(
    { kind: "audit.export", outcome: "allowed", from: 0, to: size, purpose: { code: "cli" } },
    actor,
  );
  const stop = emitter.stamp(
    { kind: "emitter.stop", outcome: "allowed", last: emitter.last() + 1 },
    actor,
  );
  await appendEvents(app, [start.leaf, record.leaf, stop.leaf]);

  const sequencer = createSequencer({
    db,
    signer,
    origin: signer.key.name,
    sha256: nodeSha256,
    onError: () => undefined,
    ...(publishedCheckpoint === undefined ? {} : { publishedCheckpoint }),
  });
  const deadline = clock().getTime() + PATIENCE_MS;
  const { eid } = parseLeaf(stop.leaf);
  const log = await exportLog(db, {
    eid,
    key: signer.key,
    async wait() {
      if (clock().getTime() > deadline) {
        throw new ExportError(
          "The record of this export was not signed within a minute: the server's sequencer stands still. Nothing was exported.",
        );
      }
      // A running server is usually quicker; without one the command sequences by itself.
      const { state } = await sequencer.pass();
      if (state !== "signed") await sleep(LOOK_MS);
    },
  });
  await sequencer.stop();
  return log;
}

async function* lines(log: LogExport): AsyncGenerator<Uint8Array> {
  for await (const leaf of log.leaves) yield leafLine(leaf);
}

function isSaid(error: unknown): error is Error {
  return (
    error instanceof ExportFolderError ||
    error instanceof ExportError ||
    error instanceof SequencerError ||
    error instanceof NoteError
  );
}
