import { fromUtf8 } from "@secondlook/audit/bytes";

/** A row of the read model `audit.entry`, without the leaf itself. */
export interface Entry {
  readonly eid: string;
  readonly kind: string;
  readonly at: string;
  readonly actor: string;
  readonly actor_role: string;
  readonly session_id: string | null;
  readonly outcome: string;
  readonly case_id: string | null;
  readonly subject_id: string | null;
}

const PLAIN = /^[\u0021-\u007e]{1,100}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * What the read model says of a leaf; undefined for one that it can't show. A light reading on
 * purpose: a malformed leaf must get its position like any other, or whoever can write one could
 * stop the log. That it is malformed, the verifier tells.
 */
export function entryOf(leaf: Uint8Array): Entry | undefined {
  const event = parse(leaf);
  const actor = event && fieldsOf(event["actor"]);
  const at = event?.["at"];
  if (typeof at !== "string" || !TIME.test(at) || Number.isNaN(Date.parse(at))) return undefined;
  const text = (value: unknown): string | null =>
    typeof value === "string" && PLAIN.test(value) ? value : null;
  const [eid, kind, outcome] = [
    text(event?.["eid"]),
    text(event?.["kind"]),
    text(event?.["outcome"]),
  ];
  const [id, role] = [text(actor?.["id"]), text(actor?.["role"])];
  if (eid === null || kind === null || outcome === null || id === null || role === null) {
    return undefined;
  }
  return {
    eid,
    kind,
    at,
    actor: id,
    actor_role: role,
    session_id: text(event?.["session"]),
    outcome,
    case_id: text(event?.["case"]),
    subject_id: text(event?.["subject"]),
  };
}

function parse(leaf: Uint8Array): Record<string, unknown> | undefined {
  try {
    return fieldsOf(JSON.parse(fromUtf8(leaf) ?? ""));
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.fromEntries(Object.entries(value));
}
