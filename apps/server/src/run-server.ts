import { createApp } from "@secondlook/api/create-app";
import { settleDue } from "@secondlook/api/jobs/settle-decision";
import { ensureConsoleBuilt } from "./build-console.ts";
import { compose } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { openDatabase } from "./database/open-database.ts";
import { ensurePolicy } from "./database/seed.ts";
import { withClient } from "./database/with-client.ts";
import { prepareDemo, startDemo } from "./demo/load-demo.ts";
import { loadConsoleFiles } from "./http/console-files.ts";
import { createOperations } from "./http/operations.ts";
import { serve } from "./http/serve.ts";
import { ensureIngestKey } from "./ingest-keys.ts";
import { startInsights } from "./jobs/insights.ts";
import { startWorker } from "./jobs/worker.ts";
import { faultInShort } from "./lifecycle/describe-fault.ts";
import { Ending } from "./lifecycle/ending.ts";
import { createOperationalLog } from "./logging/operational-log.ts";
import { openSecrets } from "./start-parts.ts";
import { startSequencer } from "./start-sequencer.ts";

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  /** Resolves with a reason when it can't go on: the embedded Postgres ended by itself. */
  readonly broken: Promise<string>;
  /** Answers what is under way, ends the log in order, then the database. */
  stop(): Promise<void>;
}

/** What a start needs besides its settings. */
export interface RunOptions {
  readonly say: (line: string) => void;
  /** Ends a start that is under way: what has started is ended again. */
  readonly signal: AbortSignal;
  /** The folder of a built console; tests hand in one of their own. */
  readonly console?: string;
}

/**
 * Starts everything and resolves once it answers.
 *
 * @throws StopError with one sentence that says what to do, or the signal's reason; whatever had
 * started is ended again.
 */
export async function runServer(config: Config, options: RunOptions): Promise<RunningServer> {
  const { say, signal } = options;
  const ending = new Ending();
  const report = (error: unknown): void => say(`While stopping: ${faultInShort(error)}.`);
  try {
    const secrets = await openSecrets(config);
    const dist = options.console ?? (await ensureConsoleBuilt(say, signal));
    const database = await openDatabase(config, secrets.vault);
    ending.add(() => database.close());
    signal.throwIfAborted();
    await withClient(database.connection("owner"), ensurePolicy);
    const log = createOperationalLog(config.logLevel);
    const sequencer = await startSequencer(
      config,
      database.connection("secondlook_sequencer"),
      secrets.logSeed,
      log,
    );
    ending.add(() => sequencer.stop());
    const parts = await compose(config, database, secrets, log);
    ending.add(() => parts.close());
    const { deps } = parts;
    signal.throwIfAborted();
    const worker = await startWorker(deps, database.connection("secondlook_jobs"));
    ending.add(() => worker.stop());
    const insights = startInsights(config, database.connection("secondlook_app"), log);
    ending.add(() => insights.stop());
    await settleDue(deps);
    if (config.ingestKey !== undefined) await ensureIngestKey(deps, "upstream", config.ingestKey);
    const demoKey = config.demo ? await prepareDemo(config, deps) : undefined;
    signal.throwIfAborted();

    const app = createApp(deps);
    const http = await serve(
      {
        api: (request) => app.fetch(request),
        console: await loadConsoleFiles(dist),
        operations: createOperations({
          databaseAnswers: async () => (await parts.appPool.query("select 1")).rowCount === 1,
          logLagSeconds: () => sequencer.lagSeconds(),
        }),
        loopbackOnly: config.demo,
        secure: config.publicUrl?.startsWith("https:") ?? false,
        log,
      },
      config,
    );
    ending.add(async () => {
      parts.endStreams();
      await http.drain();
    });
    signal.throwIfAborted();
    say(
      `Secondlook answers on ${http.url} (${database.description}${config.demo ? ", demo" : ""}; data in ${config.dataDir}). Stop it with Ctrl-C.`,
    );
    if (demoKey !== undefined) {
      const demo = startDemo({
        app,
        deps,
        key: demoKey,
        say,
        config,
        owner: database.connection("owner"),
      });
      ending.add(() => demo.stop());
    }
    return { url: http.url, broken: database.ended, stop: () => ending.run(report) };
  } catch (error) {
    await ending.run(report);
    throw error;
  }
}
