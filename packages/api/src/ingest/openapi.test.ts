import { casePayloadSchema } from "@secondlook/domain/ingest/case-payload";
import { caseBody } from "@secondlook/testkit/api/case-payload";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument } from "./openapi.ts";

const responseSchema = z.object({
  description: z.string().min(3),
  headers: z.record(z.string(), z.object({ description: z.string() })).optional(),
  content: z.record(z.string(), z.object({ schema: z.object({ $ref: z.string() }) })),
});
const operationSchema = z.object({
  summary: z.string(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), responseSchema),
});
const documentSchema = z.object({
  openapi: z.literal("3.1.0"),
  info: z.object({ title: z.string(), version: z.string() }),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({ type: z.string() })),
    securitySchemes: z.record(
      z.string(),
      z.object({ type: z.literal("http"), scheme: z.string() }),
    ),
  }),
  paths: z.record(
    z.string().startsWith("/"),
    z.partialRecord(z.enum(["get", "post"]), operationSchema),
  ),
});

const document = documentSchema.parse(openApiDocument());

describe("the OpenAPI document", () => {
  test("names every status that the routes answer with, with its body", () => {
    const statuses = (path: string, method: "get" | "post"): string[] =>
      Object.keys(document.paths[path]?.[method]?.responses ?? {}).toSorted();
    expect(statuses("/v1/cases", "post")).toEqual(
      "200 201 400 401 408 409 410 413 415 422 429 500 503".split(" "),
    );
    expect(statuses("/v1/cases/{caseId}", "get")).toEqual("200 401 404 429 500 503".split(" "));
    for (const message of ["matcher-runs", "evidence", "withdrawal"]) {
      expect(statuses(`/v1/cases/{caseId}/${message}`, "post")).toEqual(
        "201 400 401 404 408 409 410 413 415 422 429 500 503".split(" "),
      );
    }
    for (const operations of Object.values(document.paths)) {
      for (const { responses } of Object.values(operations)) {
        for (const [status, response] of Object.entries(responses)) {
          const type = status < "300" ? "application/json" : "application/problem+json";
          expect(Object.keys(response.content)).toEqual([type]);
        }
      }
    }
  });

  test("takes the refs that the routes take, and tells how long a text may be", () => {
    const text = JSON.stringify(document.components.schemas["Case"]);
    expect(text).toContain("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");
    expect(text).toContain("at most 200 code points");
  });

  test("refers to nothing that isn't in it", () => {
    const refs = [...JSON.stringify(openApiDocument()).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, ref]) => ref,
    );
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(ref ?? "")?.[1];
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
  });

  test("describes the same case as the schema that takes it", () => {
    const schema = z
      .object({
        required: z.array(z.string()),
        properties: z.record(z.string(), z.unknown()),
        additionalProperties: z.literal(false),
      })
      .parse(document.components.schemas["Case"]);
    const body = caseBody({ externalId: "one" });
    expect(Object.keys(schema.properties).toSorted()).toEqual(Object.keys(body).toSorted());
    for (const name of schema.required) {
      const { [name]: _, ...rest }: Record<string, unknown> = body;
      expect(casePayloadSchema.safeParse(rest).success, name).toBe(false);
    }
    for (const name of Object.keys(schema.properties)) {
      if (schema.required.includes(name)) continue;
      const { [name]: _, ...rest }: Record<string, unknown> = body;
      expect(casePayloadSchema.safeParse(rest).success, name).toBe(true);
    }
  });
});
