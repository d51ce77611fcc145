import type { OperationalLog } from "@secondlook/api/deps";
import { signerFromSeed } from "@secondlook/audit/note-signer";
import { createSequencer } from "@secondlook/db/audit/sequencer";
import { SequencerError } from "@secondlook/db/audit/sequencer-error";
import { publishedCheckpointFile } from "@secondlook/db/published-checkpoint-file";
import { nodeSha256 } from "@secondlook/db/sha256";
import { drizzle } from "drizzle-orm/node-postgres";
import { join } from "node:path";
import type pg from "pg";
import type { Config } from "./config/config.ts";
import { StopError } from "./config/stop-error.ts";
import { openPool } from "./database/open-pool.ts";
import { asDataFolderFault } from "./start-parts.ts";

/** The running sequencer, with its own connections. */
export interface StartedSequencer {
  lagSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts the log's sequencer after a first pass, which shows whether this database, this key and this
 * name belong together: a server that may not sign must not begin to work.
 *
 * @throws StopError
 */
export async function startSequencer(
  config: Config,
  connection: pg.ClientConfig,
  seed: Uint8Array,
  log: OperationalLog,
): Promise<StartedSequencer> {
  const { pool, end } = openPool(connection, { name: "secondlook_sequencer", max: 2, log });
  const sequencer = createSequencer({
    db: drizzle(pool),
    signer: await signerFromSeed(config.logOrigin, seed),
    origin: config.logOrigin,
    sha256: nodeSha256,
    publishedCheckpoint: publishedCheckpointFile(join(config.dataDir, "checkpoint")),
    onError: (error: unknown) => log.error({}, "the log's sequencer failed and tries again", error),
  });
  try {
    await sequencer.pass();
  } catch (error) {
    const fault =
      error instanceof SequencerError
        ? new StopError(await sentence(error, pool, config), { cause: error })
        : asDataFolderFault(error, config);
    await end();
    throw fault;
  }
  sequencer.start();
  return {
    lagSeconds: () => sequencer.lagSeconds(),
    async stop() {
      await sequencer.stop();
      await end();
    },
  };
}

async function sentence(error: SequencerError, pool: pg.Pool, config: Config): Promise<string> {
  const { dataDir, logOrigin } = config;
  switch (error.code) {
    case "wrong_key": {
      const name = await signedName(pool);
      return name === undefined || name === logOrigin
        ? `The log in this database was signed with another key than the one in ${dataDir}/log-key; put that key's file back there, or, if it is lost for good, let the log go on under another name with “secondlook audit rename”.`
        : `The log in this database is named ${name} and not ${logOrigin}; start with SECONDLOOK_LOG_ORIGIN=${name}.`;
    }
    case "bad_published":
      return `The signed head in ${dataDir}/checkpoint can't be read; put back a whole copy of that file and start again.`;
    case "behind":
      return `The database lacks events that the log's newest signed head (in ${dataDir}/checkpoint) covers, so it is an older copy; restore the newest one, or fill the events in with “secondlook audit refill <export>”.`;
    case "other_root":
      return "The log in this database is not the one that was signed: an event was changed, removed or moved; run “secondlook audit verify”, which names the first, and restore a good copy.";
  }
}

/** The name under which the database's newest head was signed: a note's first line. */
async function signedName(pool: pg.Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ name: string }>(
    "select split_part(note, E'\\n', 1) as name from audit.checkpoint order by size desc limit 1",
  );
  return rows[0]?.name;
}
