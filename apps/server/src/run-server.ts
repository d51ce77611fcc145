import type { OperationalLog } from "@secondlook/api/deps";
import { createApp } from "@secondlook/api/create-app";
import { settleDue } from "@secondlook/api/jobs/settle-decision";
import { publishedCheckpointFile } from "@secondlook/db/published-checkpoint-file";
import { nodeSha256 } from "@secondlook/db/sha256";
import { createSequencer } from "@secondlook/db/audit/sequencer";
import { signerFromSeed } from "@secondlook/audit/note-signer";
import { drizzle } from "drizzle-orm/node-postgres";
import { join } from "node:path";
import { ensureConsoleBuilt } from "./build-console.ts";
import { compose } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { openDatabase, type OpenDatabase, withClient } from "./database/open-database.ts";
import { openPool } from "./database/open-pool.ts";
import { ensurePolicy, refuseLostRootKey } from "./database/seed.ts";
import { prepareDemo, startDemo } from "./demo/load-demo.ts";
import { loadConsoleFiles } from "./http/console-files.ts";
import { createOperations } from "./http/operations.ts";
import { serve } from "./http/serve.ts";
import { ensureIngestKey } from "./ingest-keys.ts";
import { startWorker } from "./jobs/worker.ts";
import { createOperationalLog } from "./logging/operational-log.ts";
import { openSecrets } from "./start-parts.ts";

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  /** Resolves with a reason when it can't go on: the embedded Postgres ended by itself. */
  readonly broken: Promise<string>;
  /** Answers what is under way, ends the log in order, then the database. */
  stop(): Promise<void>;
}

/** Things to be ended, newest first; each is tried even where an earlier one fails. */
class Ending {
  readonly #steps: (() => Promise<void>)[] = [];
  add(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }
  async run(report: (error: unknown) => void): Promise<void> {
    for (const step of this.#steps.splice(0)) {
      try {
        await step();
      } catch (error) {
        report(error);
      }
    }
  }
}

/**
 * Starts everything and resolves once it answers.
 *
 * @throws StopError with one sentence that says what to do; whatever had started is ended again.
 */
export async function runServer(
  config: Config,
  say: (line: string) => void,
): Promise<RunningServer> {
  const ending = new Ending();
  const report = (error: unknown): void =>
    say(`While stopping: ${error instanceof Error ? error.message : "an unknown fault"}`);
  try {
    const dist = await ensureConsoleBuilt(say);
    const { vault, rootKeyIsNew, logSeed } = await openSecrets(config);
    const database = await openDatabase(config, vault, () => undefined);
    ending.add(() => database.close());
    await withClient(database.connection("owner"), async (owner) => {
      if (rootKeyIsNew) await refuseLostRootKey(owner, config.dataDir);
      await ensurePolicy(owner);
    });
    const log = createOperationalLog(config.logLevel);
    const sequencer = await startSequencer(config, database, log, logSeed);
    ending.add(() => sequencer.stop());
    const parts = await compose(config, database, vault, log);
    ending.add(() => parts.close());
    const { deps } = parts;
    const worker = await startWorker(deps, database.connection("secondlook_jobs"));
    ending.add(() => worker.stop());
    await settleDue(deps);
    if (config.ingestKey !== undefined) await ensureIngestKey(deps, "upstream", config.ingestKey);

    const app = createApp(deps);
    const operations = createOperations({
      databaseAnswers: async () => (await parts.appPool.query("select 1")).rowCount === 1,
      logLagSeconds: () => sequencer.lagSeconds(),
    });
    const demoKey = config.demo ? await prepareDemo(config, deps) : undefined;
    const http = await serve(
      {
        api: (request) => app.fetch(request),
        console: await loadConsoleFiles(dist),
        operations,
        loopbackOnly: config.demo,
        secure: config.publicUrl?.startsWith("https:") ?? false,
      },
      config,
    );
    ending.add(() => http.drain());
    say(
      `Secondlook answers on ${http.url} (${database.description}${config.demo ? ", demo" : ""}; data in ${config.dataDir}). Stop it with Ctrl-C.`,
    );
    if (demoKey !== undefined) {
      const demo = startDemo({ app, deps, key: demoKey, say, config });
      ending.add(() => demo.stop());
    }
    return { url: http.url, broken: database.ended, stop: () => ending.run(report) };
  } catch (error) {
    await ending.run(report);
    throw error;
  }
}

async function startSequencer(
  config: Config,
  database: OpenDatabase,
  log: OperationalLog,
  seed: Uint8Array,
): Promise<{ stop(): Promise<void>; lagSeconds(): Promise<number> }> {
  const { pool, end } = openPool(database.connection("secondlook_sequencer"), {
    name: "secondlook_sequencer",
    max: 2,
    log,
  });
  const sequencer = createSequencer({
    db: drizzle(pool),
    signer: await signerFromSeed(config.logOrigin, seed),
    origin: config.logOrigin,
    sha256: nodeSha256,
    publishedCheckpoint: publishedCheckpointFile(join(config.dataDir, "checkpoint")),
    onError: (error: unknown) => log.error({}, "the log's sequencer failed and tries again", error),
  });
  sequencer.start();
  return {
    lagSeconds: () => sequencer.lagSeconds(),
    async stop() {
      await sequencer.stop();
      await end();
    },
  };
}
