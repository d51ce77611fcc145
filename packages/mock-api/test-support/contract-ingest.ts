import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { expect } from "vitest";
import { z } from "zod";
import type { Guarantee } from "./contract-suite.ts";

const problemSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string() })).optional(),
});
const takenSchema = z.object({ caseId: z.string(), url: z.string() });

/** `POST /v1/cases` and what is around it. */
export function ingestContract(guarantee: Guarantee): void {
  guarantee("a case is taken once, and known again", async (bench) => {
    const body = caseBody({ externalId: "ingest-1", change: { region: "ID" } });
    const files = plainFiles(body);
    const first = await bench.sendCase(body, files);
    expect(first.status).toBe(201);
    const taken = takenSchema.parse(await first.json());
    const again = await bench.sendCase(body, files);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ caseId: taken.caseId });
    const other = await bench.sendCase({ ...body, priority: "low" }, files);
    expect(other.status).toBe(409);
    expect(JSON.stringify(await other.json())).toContain("/priority");
  });

  guarantee("faults are told with a pointer each, and nothing is kept", async (bench) => {
    const body = caseBody({ externalId: "ingest-2", change: { region: "nowhere" } });
    const response = await bench.sendCase(body, plainFiles(body));
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(JSON.stringify(await response.json())).toContain("/region");
    expect((await bench.sendCase("{", new Map())).status).toBe(422);
  });

  guarantee("a file that is none refuses the whole case", async (bench) => {
    const body = caseBody({ externalId: "ingest-3", change: { region: "ID" } });
    const files = plainFiles(body).set("id", new TextEncoder().encode("no picture"));
    const refused = await bench.sendCase(body, files);
    expect(refused.status).toBe(415);
    expect(problemSchema.parse(await refused.json()).detail).toContain("/evidence/0");
    const good = await bench.sendCase(body, plainFiles(body));
    expect(good.status).toBe(201);
  });

  guarantee("only a source's key opens the intake", async (bench) => {
    const body = caseBody({ externalId: "ingest-4" });
    expect((await bench.sendCase(body, plainFiles(body), "somebody-elses")).status).toBe(401);
  });

  guarantee("the interface describes itself", async ({ nobody }) => {
    const response = await nobody.fetch("/v1/openapi.json");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ paths: { "/v1/cases": { post: {} } } });
  });

  guarantee("what can't be recorded is not taken", async (bench) => {
    const body = caseBody({ externalId: "ingest-5", change: { region: "ID" } });
    const refused = await bench.withoutLog(() => bench.sendCase(body, plainFiles(body)));
    expect(refused.status).toBe(503);
    expect((await bench.sendCase(body, plainFiles(body))).status).toBe(201);
  });
}
