import { casePayloadSchema } from "@secondlook/domain/ingest/case-payload";
import { IDEMPOTENCY_DAYS } from "@secondlook/db/upstream/idempotency";
import { z } from "zod";
import {
  evidenceUpdateSchema,
  matcherRunSchema,
  withdrawalSchema,
} from "@secondlook/domain/cases/upstream-payloads";
import { UPSTREAM_EFFECTS } from "@secondlook/domain/cases/upstream";
import { caseStateSchema } from "./case-state.ts";

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
});
const messageTakenSchema = z.object({
  caseId: z.string(),
  url: z.string(),
  effect: z
    .enum(UPSTREAM_EFFECTS)
    .describe(
      "review_restarted: the next going-through of the case begins. reopened: so it does, for a settled case. kept: it counts when the next one begins. withdrawn: the case is closed.",
    ),
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

/** A multipart body: the part `case` with this schema first, then a file for each evidence ref. */
const multipart = (name: string): object => ({
  "multipart/form-data": {
    schema: {
      type: "object",
      required: ["case"],
      properties: { case: { $ref: `#/components/schemas/${name}` } },
      additionalProperties: { type: "string", contentMediaType: "application/octet-stream" },
    },
    encoding: { case: { contentType: "application/json" } },
  },
});

/** One of the messages about a case: each counts once, however often it is sent under its key. */
function message(name: string, summary: string, description: string, content: object): object {
  return {
    post: {
      summary,
      description,
      parameters: [
        { name: "caseId", in: "path", required: true, schema: { type: "string" } },
        {
          name: "Idempotency-Key",
          in: "header",
          required: true,
          description: `A new one for each message, kept for ${IDEMPOTENCY_DAYS} days: the same message under it gets the same answer, another one 409`,
          schema: { type: "string", minLength: 1, maxLength: 255 },
        },
      ],
      requestBody: { required: true, content: { ...json(name), ...content } },
      responses: {
        "201": {
          description: "Taken, now or before under the same key",
          headers: {
            "Idempotent-Replayed": {
              description: "`true` where it was taken before",
              schema: { type: "string" },
            },
          },
          content: json("MessageTaken"),
        },
        "400": problem("No Idempotency-Key, or the body can't be read"),
        "401": problem("No valid key, or it was revoked meanwhile"),
        "404": problem("None of your cases has this id"),
        "408": problem("The body did not arrive within a minute; nothing was taken"),
        "409": problem("The case takes it no more, or another message came under this key"),
        "410": problem("An account named, or the case's own, was erased"),
        "413": problem("Too large"),
        "415": problem("A content type or file format that is not taken"),
        "422": problem("A value or file that can't be taken; names each"),
        "429": tooMany,
        "500": problem("It failed on our side; nothing was kept"),
        "503": {
          ...problem(
            "It can't be recorded now, too many are being taken, or others about the same were quicker: nothing was taken",
          ),
          headers: retryAfter,
        },
      },
    },
  };
}

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
        MatcherRun: schema(matcherRunSchema, "input"),
        EvidenceUpdate: schema(evidenceUpdateSchema, "input"),
        Withdrawal: schema(withdrawalSchema, "input"),
        MessageTaken: schema(messageTakenSchema, "output"),
      },
    },
    security: [{ key: [] }],
    paths: {
      "/v1/cases": {
        post: {
          summary: "Send a case: the part `case` first, then one file part per evidence ref",
          description:
            "The part `case` is UTF-8 of at most 1 MB; a field that is named twice is refused. Text may be in any script: it is brought to Unicode's NFC and otherwise comes back byte for byte; lengths count code points after that. Control characters and line breaks are refused. Files are judged by their content, never by their name or content type: photos may be JPEG, PNG, WebP, AVIF or HEIC, clips WebM, MP4 or MOV in VP8, VP9, AV1 or H.264.",
          requestBody: {
            required: true,
            content: multipart("Case"),
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
                "It can't be recorded now, too many are being taken, or others about the same were quicker: nothing was taken",
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
      "/v1/cases/{caseId}/matcher-runs": message(
        "MatcherRun",
        "Send a further matcher run: its candidates take the place of those before",
        "On a case under review it ends whatever is being worked and begins again with the new candidates. On a settled one it reopens the case where policy says so. While a new capture is awaited, it counts once that is there.",
        multipart("MatcherRun"),
      ),
      "/v1/cases/{caseId}/evidence": message(
        "EvidenceUpdate",
        "Send a new capture of the probe, of candidates, or both",
        "Each is a whole snapshot: send every file that reviewers should see. Candidates must be of the newest matcher run.",
        multipart("EvidenceUpdate"),
      ),
      "/v1/cases/{caseId}/withdrawal": message(
        "Withdrawal",
        "Withdraw a case that is not settled, for the upstream system or for the person",
        "Whatever is being worked on it ends. A settled case stays as it was decided.",
        {},
      ),
    },
  };
}
