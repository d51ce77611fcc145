import type { IngestSource } from "@secondlook/db/ingest/keys";
import { newId } from "@secondlook/domain/ids";
import { type Context, Hono } from "hono";
import type { Deps } from "../core/deps.ts";
import { createRecorder, type Recorder } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { createGate, GateFull } from "./gate.ts";
import { evidenceMessage } from "../upstream/evidence.ts";
import { matcherRunMessage } from "../upstream/matcher-run.ts";
import type { MessageKind } from "../upstream/message.ts";
import { takeMessage } from "../upstream/take-message.ts";
import { withdrawalMessage } from "../upstream/withdrawal.ts";
import { authenticateSource, noteKeyUse } from "./authenticate.ts";
import { caseState } from "./case-state.ts";
import { openApiDocument } from "./openapi.ts";
import { Problem, problemResponse } from "./problem.ts";
import { createRateLimit } from "./rate-limit.ts";
import { takeCase } from "./take-case.ts";

/**
 * How many requests are read and prepared at once, each with up to 128 MB in memory, and how many
 * wait with their bodies unread: of all sources, and of each.
 */
const PLACES = { all: { inside: 4, waiting: 32 }, each: { inside: 2, waiting: 8 } };
/** Requests of one source. */
const RATE = { perSecond: 20, burst: 60 };
/** A body that has not arrived by then is given up, so that a slow one holds no place. */
const BODY_SECONDS = 60;

/** What tests replace. */
export interface IngestOptions {
  /** Starts the time that one body has to arrive in. */
  readonly bodyDeadline?: () => AbortSignal;
}

/** The machine-facing API: cases and what becomes of them in, states out (DESIGN section 8). */
export function ingestRoutes(deps: Deps, options: IngestOptions = {}): Hono {
  const bodyDeadline = options.bodyDeadline ?? (() => AbortSignal.timeout(BODY_SECONDS * 1000));
  const routes = new Hono();
  const gate = createGate(PLACES);
  const rate = createRateLimit(RATE, () => deps.clock());
  const requireRate = ({ sourceId }: IngestSource): void => {
    const retryAfterSeconds = rate.take(sourceId);
    if (retryAfterSeconds > 0) throw tooMany(retryAfterSeconds);
  };

  /** What every request of a source goes through: its key, its rate, an event for whatever it gets. */
  async function answer(
    request: Request,
    work: (source: IngestSource, recorder: Recorder) => Promise<Response>,
  ): Promise<Response> {
    const source = await authenticateSource(deps, request);
    const recorder = recorderOf(deps, source);
    try {
      requireRate(source);
      await noteKeyUse(recorder, source);
      return await work(source, recorder);
    } catch (error) {
      const problem = error instanceof GateFull ? tooBusy(error) : error;
      await noteRefusal(deps, recorder, source, problem);
      throw problem;
    }
  }

  routes.post("/v1/cases", (c) =>
    answer(c.req.raw, async (source, recorder) => {
      const { caseId, created } = await gate.run(source.sourceId, async () =>
        takeCase(deps, recorder, source, c.req.raw, bodyDeadline()),
      );
      const url = `/v1/cases/${caseId}`;
      return c.json({ caseId, url }, created ? 201 : 200, {
        location: url,
        "cache-control": "no-store",
      });
    }),
  );

  routes.get("/v1/cases/:caseId", (c) =>
    answer(c.req.raw, async (source, recorder) => {
      const state = await caseState(deps, recorder, source, c.req.param("caseId"));
      return c.json(state, 200, { "cache-control": "no-store" });
    }),
  );

  function message<Payload>(c: Context, kind: MessageKind<Payload>): Promise<Response> {
    const caseId = c.req.param("caseId") ?? "";
    const request = c.req.raw;
    return answer(request, async (source, recorder) => {
      const { effect, replayed } = await gate.run(source.sourceId, () =>
        takeMessage(deps, recorder, { source, caseId, request, deadline: bodyDeadline() }, kind),
      );
      const url = `/v1/cases/${caseId}`;
      return c.json({ caseId, url, effect }, 201, {
        location: url,
        "cache-control": "no-store",
        ...(replayed ? { "idempotent-replayed": "true" } : {}),
      });
    });
  }
  routes.post("/v1/cases/:caseId/matcher-runs", (c) => message(c, matcherRunMessage));
  routes.post("/v1/cases/:caseId/evidence", (c) => message(c, evidenceMessage));
  routes.post("/v1/cases/:caseId/withdrawal", (c) => message(c, withdrawalMessage));

  routes.get("/v1/openapi.json", (c) => c.json(openApiDocument()));

  routes.onError((error, c) => {
    if (error instanceof Problem) return problemResponse(error);
    if (error instanceof Refusal && error.code === "log_unavailable") {
      return problemResponse(
        new Problem(
          503,
          "log_unavailable",
          "Nothing can be taken or shown now, because it can't be recorded. Try again in a minute.",
        ),
      );
    }
    deps.log.error({ path: c.req.path }, "an ingest route failed", error);
    return Response.json(
      {
        type: "about:blank",
        title: "Something went wrong on our side",
        status: 500,
        detail: "Nothing was kept; send it again.",
        errors: [],
      },
      {
        status: 500,
        headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
      },
    );
  });

  return routes;
}

/** Bounded for each source, so that no key can flood the log. */
function noteRefusal(
  deps: Deps,
  recorder: Recorder,
  source: IngestSource,
  problem: unknown,
): Promise<void> {
  const refused = {
    kind: "case.refuse",
    outcome: problem instanceof Problem ? "denied" : "error",
    source: source.sourceId,
    key: source.keyId,
  } as const;
  return deps.denials.note({
    key: `case.refuse ${refused.outcome} ${source.sourceId}`,
    recorder,
    now: deps.clock(),
    body: { ...refused, reason: problem instanceof Problem ? problem.reason : "failed" },
    many: (count) => ({ ...refused, reason: "flood", count }),
  });
}

function tooMany(retryAfterSeconds: number): Problem {
  return new Problem(
    429,
    "too_many_requests",
    `This source sends more than ${RATE.perSecond} requests a second. Nothing was taken; send it again a little later.`,
    [],
    { retryAfterSeconds },
  );
}

function tooBusy(cause: GateFull): Problem {
  return new Problem(
    503,
    "too_busy",
    "Too many requests are being taken at this moment. Nothing was taken; send it again in a few seconds.",
    [],
    { cause },
  );
}

function recorderOf(deps: Deps, source: IngestSource): Recorder {
  return createRecorder(deps, {
    id: source.sourceId,
    role: "source",
    request: newId("request", deps.random),
  });
}
