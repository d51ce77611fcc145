import type { IngestSource } from "@secondlook/db/ingest/keys";
import { newId } from "@secondlook/domain/ids";
import { Hono } from "hono";
import type { Deps } from "../core/deps.ts";
import { createRecorder, type Recorder } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { authenticateSource } from "./authenticate.ts";
import { caseState } from "./case-state.ts";
import { openApiDocument } from "./openapi.ts";
import { Problem, problemResponse } from "./problem.ts";
import { takeCase } from "./take-case.ts";

/** The machine-facing API: cases in, states out (DESIGN section 8). */
export function ingestRoutes(deps: Deps): Hono {
  const routes = new Hono();

  routes.post("/v1/cases", async (c) => {
    const source = await authenticateSource(deps, c.req.raw);
    const recorder = recorderOf(deps, source);
    try {
      const { caseId, created } = await takeCase(deps, recorder, source, c.req.raw);
      const url = `/v1/cases/${caseId}`;
      return c.json({ caseId, url }, created ? 201 : 200, {
        location: url,
        "cache-control": "no-store",
      });
    } catch (error) {
      if (error instanceof Problem) {
        await recorder.read([
          {
            kind: "case.refuse",
            outcome: "denied",
            reason: error.reason,
            source: source.sourceId,
            key: source.keyId,
          },
        ]);
      }
      throw error;
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

function recorderOf(deps: Deps, source: IngestSource): Recorder {
  return createRecorder(deps, {
    id: source.sourceId,
    role: "source",
    request: newId("request", deps.random),
  });
}
