import type { AuditEvent, EventBody, EventEnvelope, EventKind } from "../src/event.ts";
import { EVENT_KINDS } from "../src/event.ts";
import type { FieldName } from "../src/events/fields.ts";
import { uuid7 } from "../src/uuid7.ts";

const START = Date.parse("2026-01-02T03:04:05.000Z");

/** An envelope whose time, id and number follow from `n`: one event a second. */
export function envelope(n: number, inst: `ins_${string}` = "ins_A"): EventEnvelope {
  const ms = START + n * 1000;
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(4, n);
  random[9] = inst.charCodeAt(4);
  return {
    v: 1,
    eid: uuid7(ms, random),
    at: new Date(ms).toISOString(),
    actor: { id: "usr_7", role: "reviewer" },
    session: "ses_1",
    request: "req_1",
    src: { inst, n },
  };
}

/** A whole event from a body. */
export function event(n: number, body: EventBody, inst?: `ins_${string}`): AuditEvent {
  return { ...envelope(n, inst), ...body };
}

/** One sound value for each field. */
export const SAMPLES: Record<FieldName, unknown> = {
  action: "queue.claim_next",
  asset: "evd_1",
  band: "high",
  candidate: "cnd_1",
  case: "cas_1",
  client: `hmac-sha256:${"a".repeat(43)}`,
  count: 20,
  cycle: 1,
  decision: {
    id: "dec_1",
    outcome: "duplicate",
    reasons: ["face_same"],
    findings: [{ candidate: "cnd_1", finding: "same" }],
  },
  event: "01920000-0000-7000-8000-000000000001",
  exemption: "exm_1",
  fence: 7,
  fields: ["full_name", "date_of_birth"],
  from: 0,
  key: "key_1",
  last: 9,
  link: "lnk_1",
  method: "demo",
  page: 1,
  policy: 1,
  purpose: { code: "review", grant: "grt_1", note: `hmac-sha256:${"b".repeat(43)}` },
  rating: -3,
  reason: "language",
  region: "VN",
  release: "0.1.0",
  rendition: "face",
  role: "lead",
  root: "00".repeat(32),
  round: "first",
  ruling: "dec_1",
  run: "run_1",
  size: 3,
  source: "src_1",
  subject: "sub_1",
  to: 3,
  until: "2026-01-02T03:04:05.678Z",
  user: "usr_8",
  verification: "ver_1",
  voided: [4, 5],
  vkey: "audit.example.com/review+22527356+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
  was: "reviewer",
};

/** The samples of some fields. */
export function sampleFields(names: readonly FieldName[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, SAMPLES[name]]));
}

/** All kinds, as their own type. */
export const KINDS: readonly EventKind[] = Object.keys(EVENT_KINDS).filter(
  (kind): kind is EventKind => Object.hasOwn(EVENT_KINDS, kind),
);
