import { setTimeout as sleep } from "node:timers/promises";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";

/** What operators ask: is the process alive, can it work, how is it doing. Nothing about people. */
export interface OperationsProbe {
  /** Whether the database answers; throws or resolves false where not. */
  databaseAnswers(): Promise<boolean>;
  /** Age of the oldest event without a position, in seconds; 0 where there is none. */
  logLagSeconds(): Promise<number>;
}

/** How long the database may take to answer. */
const PATIENCE_MS = 2_000;

/** `GET /healthz`, `/readyz`, `/metrics`; undefined for any other address. */
export function createOperations(
  probe: OperationsProbe,
  patienceMs = PATIENCE_MS,
): (request: Request) => Promise<Response | undefined> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const lag: Gauge = new Gauge({
    name: "secondlook_log_lag_seconds",
    help: "Age of the oldest event without a position in the log.",
    registers: [registry],
    collect: async (): Promise<void> => {
      // NaN where it can't be known: the other figures are wanted most when the database is away.
      lag.set(await within(patienceMs, probe.logLagSeconds(), Number.NaN));
    },
  });
  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    switch (new URL(request.url).pathname) {
      case "/healthz":
        return Response.json({ status: "alive" });
      case "/readyz": {
        const ready = await within(patienceMs, probe.databaseAnswers(), false);
        return Response.json(
          { status: ready ? "ready" : "the database does not answer" },
          { status: ready ? 200 : 503 },
        );
      }
      case "/metrics":
        return new Response(await registry.metrics(), {
          headers: { "content-type": registry.contentType },
        });
      default:
        return undefined;
    }
  };
}

/** What the work gives, or `otherwise` where it fails or takes too long. */
async function within<T>(patienceMs: number, work: Promise<T>, otherwise: T): Promise<T> {
  const waiting = new AbortController();
  const late = sleep(patienceMs, otherwise, { signal: waiting.signal }).catch(() => otherwise);
  const answer = await Promise.race([work.catch(() => otherwise), late]);
  waiting.abort();
  return answer;
}
