import { casePayloadSchema } from "@secondlook/domain/ingest/case-payload";
import { z } from "zod";
import { caseStateSchema } from "./case-state.ts";

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
});
const takenSchema = z.object({ caseId: z.string(), url: z.string() });

function problem(description: string): object {
  return {
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

const json = (name: string): object => ({
  "application/json": { schema: { $ref: `#/components/schemas/${name}` } },
});

const retryAfter = {
  "Retry-After": { description: "Seconds to wait", schema: { type: "integer" } },
};

const tooMany = {
  ...problem("More requests than one source may send: 20 a second, 60 at once"),
  headers: retryAfter,
};

/** OpenAPI 3.1 of the machine-facing API, generated from the schemas that the routes use. */
export function openApiDocument(): object {
  const schema = (of: z.ZodType, io: "input" | "output"): object =>
    z.toJSONSchema(of, { io, unrepresentable: "any" });
  return {
    openapi: "3.1.0",
    info: {
      title: "Secondlook",
      version: "1",
      description:
        "Send flagged identity verifications for human review, and read what was decided.",
    },
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: {
        Case: schema(casePayloadSchema, "input"),
        CaseState: schema(caseStateSchema, "output"),
        Problem: schema(problemSchema, "output"),
        Taken: schema(takenSchema, "output"),
      },
    },
    security: [{ key: [] }],
    paths: {
      "/v1/cases": {
        post: {
          summary: "Send a case: the part `case` first, then one file part per evidence ref",
          description:
            "The part `case` is UTF-8 of at most 1 MB; a field that is named twice is refused. Text may be in any script: it is brought to Unicode's NFC and otherwise comes back byte for byte; lengths count code points after that. Control characters and line breaks are refused. Files are judged by their content, never by their name or content type.",
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  required: ["case"],
                  properties: { case: { $ref: "#/components/schemas/Case" } },
                  additionalProperties: {
                    type: "string",
                    contentMediaType: "application/octet-stream",
                  },
                },
                encoding: { case: { contentType: "application/json" } },
              },
            },
          },
          responses: {
            "200": {
              description: "Sent before with the same body: the case that it made",
              content: json("Taken"),
            },
            "201": { description: "Taken", content: json("Taken") },
            "400": problem("The body can't be read"),
            "401": problem("No valid key"),
            "408": problem("The body did not arrive within a minute; nothing was taken"),
            "409": problem("Sent before with another body; names where they differ"),
            "410": problem("An account named was erased"),
            "413": problem("Too large"),
            "415": problem("A content type or file format that is not taken"),
            "422": problem("A value or file that can't be taken; names each"),
            "429": tooMany,
            "500": problem("It failed on our side; nothing was kept"),
            "503": {
              ...problem(
                "It can't be recorded now, or too many are being taken: nothing was taken",
              ),
              headers: retryAfter,
            },
          },
        },
      },
      "/v1/cases/{caseId}": {
        get: {
          summary: "Where one of your cases stands, and its effective decision",
          parameters: [{ name: "caseId", in: "path", required: true, schema: { type: "string" } }],
          responses: {
            "200": { description: "The case's state", content: json("CaseState") },
            "401": problem("No valid key"),
            "404": problem("None of your cases has this id"),
            "429": tooMany,
            "500": problem("It failed on our side"),
            "503": { ...problem("The access can't be recorded now"), headers: retryAfter },
          },
        },
      },
    },
  };
}
