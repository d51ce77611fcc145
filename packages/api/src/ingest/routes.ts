import type { IngestSource } from "@secondlook/db/ingest/keys";
import { newId } from "@secondlook/domain/ids";
import { Hono } from "hono";
import type { Deps } from "../core/deps.ts";
import { createRecorder, type Recorder } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { createGate, GateFull } from "./gate.ts";
import { authenticateSource } from "./authenticate.ts";
import { caseState } from "./case-state.ts";
import { openApiDocument } from "./openapi.ts";
import { Problem, problemResponse } from "./problem.ts";
import { takeCase } from "./take-case.ts";

/**
 * How many requests are read and prepared at once, each with up to 128 MB in memory, and how many
 * wait with their bodies unread.
 */
const LIMITS = { inside: 4, waiting: 32 };

/** The machine-facing API: cases in, states out (DESIGN section 8). */
export function ingestRoutes(deps: Deps): Hono {
  const routes = new Hono();
  const gate = createGate(LIMITS);

  routes.post("/v1/cases", async (c) => {
    const source = await authenticateSource(deps, c.req.raw);
    const recorder = recorderOf(deps, source);
    try {
      const { caseId, created } = await gate.run(async () =>
        takeCase(deps, recorder, source, c.req.raw),
      );
      const url = `/v1/cases/${caseId}`;
      return c.json({ caseId, url }, created ? 201 : 200, {
        location: url,
        "cache-control": "no-store",
      });
    } catch (error) {
      const problem = error instanceof GateFull ? tooBusy(error) : error;
      await recorder.read([
        {
          kind: "case.refuse",
          outcome: problem instanceof Problem ? "denied" : "error",
          reason: problem instanceof Problem ? problem.reason : "failed",
          source: source.sourceId,
          key: source.keyId,
        },
      ]);
      throw problem;
    }
  });

  routes.get("/v1/cases/:caseId", async (c) => {
    const source = await authenticateSource(deps, c.req.raw);
    const state = await caseState(deps, recorderOf(deps, source), source, c.req.param("caseId"));
    return c.json(state, 200, { "cache-control": "no-store" });
  });

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

function tooBusy(cause: GateFull): Problem {
  return new Problem(
    503,
    "too_busy",
    "Too many cases are being taken at this moment. Nothing was taken; send it again in a few seconds.",
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
