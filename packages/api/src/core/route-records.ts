import type { ProcedureMeta } from "./trpc.ts";

/**
 * What each HTTP route declares, by method and path, as procedures do in their `meta`. A test
 * compares the list with the real routes, so that a new one without an entry fails.
 */
export const ROUTE_RECORDS: Readonly<Record<string, ProcedureMeta>> = {
  "GET /auth/demo": {
    permission: "open",
    records: { none: "names of the demo's made-up accounts, and nothing outside demo mode" },
  },
  "POST /auth/demo": { permission: "open", records: ["session.start", "session.fail"] },
  "POST /auth/link": { permission: "open", records: ["session.start", "session.fail"] },
  "GET /live/events": {
    permission: "self.read",
    records: {
      none: "counts and one's own leases; who is in which case is recorded for leads as queue.search",
    },
  },
  "GET /live/now": {
    permission: "self.read",
    records: { none: "the same once, for where a stream can't be kept open" },
  },
  "GET /media/:evidenceId/:rendition": { permission: "case.judge", records: ["media.read"] },
  "HEAD /media/:evidenceId/:rendition": {
    permission: "case.judge",
    records: { none: "always answered 405 and without a look at the object" },
  },
  "POST /v1/cases": {
    permission: "ingest.send",
    records: ["case.ingest", "case.repeat", "case.refuse"],
  },
  "GET /v1/cases/:caseId": { permission: "ingest.read", records: ["case.view", "case.refuse"] },
  "POST /v1/cases/:caseId/matcher-runs": {
    permission: "ingest.send",
    records: ["case.run", "case.repeat", "case.refuse"],
  },
  "POST /v1/cases/:caseId/evidence": {
    permission: "ingest.send",
    records: ["case.evidence", "case.repeat", "case.refuse"],
  },
  "POST /v1/cases/:caseId/withdrawal": {
    permission: "ingest.send",
    records: ["case.withdraw", "case.repeat", "case.refuse"],
  },
  "GET /v1/openapi.json": {
    permission: "open",
    records: { none: "describes the interface, the same for everybody" },
  },
  "ALL /trpc/*": { permission: "open", records: { none: "each procedure declares its own" } },
};
