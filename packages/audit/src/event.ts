import { z } from "zod";
import { CanonicalError, canonicalBytes } from "./canonical.ts";
import { ACCESS_KINDS } from "./events/access-kinds.ts";
import { CASE_KINDS } from "./events/case-kinds.ts";
import {
  type FieldName,
  FIELDS,
  type FieldValues,
  idFields,
  type KindSpec,
  roleField,
  timeField,
} from "./events/fields.ts";
import { JUDGING_KINDS } from "./events/judging-kinds.ts";
import { LOG_KINDS } from "./events/log-kinds.ts";
import { UUID7 } from "./uuid7.ts";

/** Every kind of event: what it is about, its required and its optional fields, its outcomes. */
export const EVENT_KINDS = {
  ...ACCESS_KINDS,
  ...CASE_KINDS,
  ...JUDGING_KINDS,
  ...LOG_KINDS,
} as const satisfies Record<string, KindSpec>;

export type EventKind = keyof typeof EVENT_KINDS;

/** Whether a string names a kind of event. */
export function isEventKind(value: string): value is EventKind {
  return Object.hasOwn(EVENT_KINDS, value);
}

type Spec<K extends EventKind> = (typeof EVENT_KINDS)[K];
type Fields<K extends EventKind> = Pick<FieldValues, Spec<K>["required"][number]> &
  Partial<Pick<FieldValues, Spec<K>["optional"][number]>>;

/**
 * What the caller of the recorder states: kind, outcome and the kind's own fields. A missing
 * required field, or one that the kind does not have, does not compile.
 */
export type EventBody<K extends EventKind = EventKind> = {
  [P in K]: { readonly kind: P; readonly outcome: Spec<P>["outcomes"][number] } & Fields<P>;
}[K];

export type Role = z.output<typeof roleField>;

/** Who acts, in which role. Ids are pseudonyms: people, upstream sources, parts of the system. */
export interface Actor {
  readonly id: z.output<typeof idFields.actor>;
  readonly role: Role;
}

/** Which process wrote the event, and its how-manieth event it is, from 1 without gaps. */
export interface EventSource {
  readonly inst: z.output<typeof idFields.inst>;
  readonly n: number;
}

/** What the recorder adds to a body. `at` is UTC with milliseconds; `eid` a UUIDv7. */
export interface EventEnvelope {
  readonly v: 1;
  readonly eid: string;
  readonly at: string;
  readonly actor: Actor;
  readonly session?: z.output<typeof idFields.session>;
  readonly request?: z.output<typeof idFields.request>;
  readonly src: EventSource;
}

/** A whole event, as it stands in a leaf. */
export type AuditEvent<K extends EventKind = EventKind> = EventEnvelope & EventBody<K>;

/** An event that may not be written: which field, and why. Never holds the field's content. */
export class AuditEventError extends Error {
  override readonly name = "AuditEventError";
  readonly kind: string;
  readonly field: string;

  constructor(kind: string, field: string, reason: string) {
    super(`The event ${kind} can't be recorded: ${field} ${reason}.`);
    this.kind = kind;
    this.field = field;
  }
}

/** Bytes of a leaf, from `{}` to 16 KiB. */
export const LEAF_BYTES = { min: 2, max: 16_384 } as const;

/** Who may act in which role: people as staff, sources as sources, the system as itself. */
const ROLE_IDS: Record<"src" | "sys" | "usr", readonly Role[]> = {
  src: ["source", "none"],
  sys: ["system", "operator", "none"],
  usr: ["reviewer", "senior", "lead", "auditor", "privacy", "admin", "operator", "none"],
};

const actorSchema = z
  .strictObject({ id: idFields.actor, role: roleField })
  .refine(({ id, role }) => ROLE_IDS[prefixOf(id)].includes(role), {
    error: "does not fit the kind of id",
    path: ["role"],
  });

const envelope = {
  v: z.literal(1),
  eid: z.string().regex(UUID7, { error: "must be a UUIDv7" }),
  at: timeField,
  actor: actorSchema,
  session: z.optional(idFields.session),
  request: z.optional(idFields.request),
  src: z.strictObject({ inst: idFields.inst, n: z.int().min(1) }),
};

const schemas = new Map<string, z.ZodType>();

/** The strict schema of one kind; made when it is first asked for. */
function schemaOf(kind: EventKind): z.ZodType {
  const known = schemas.get(kind);
  if (known !== undefined) return known;
  const { required, optional, outcomes }: KindSpec = EVENT_KINDS[kind];
  const field = (name: FieldName): z.ZodType => FIELDS[name];
  const schema = z.strictObject({
    ...envelope,
    kind: z.literal(kind),
    outcome: z.enum(outcomes),
    ...Object.fromEntries(required.map((name) => [name, field(name)])),
    ...Object.fromEntries(optional.map((name) => [name, field(name).optional()])),
  });
  schemas.set(kind, schema);
  return schema;
}

/**
 * Throws AuditEventError, naming the first wrong field, unless the value is an event exactly:
 * nothing missing, nothing more.
 */
export function assertEvent(value: unknown): asserts value is AuditEvent {
  const kind = kindOf(value);
  if (kind === undefined) {
    throw new AuditEventError("of unknown kind", "kind", "is not one that the log has");
  }
  const parsed = schemaOf(kind).safeParse(value);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  const extra = issue?.code === "unrecognized_keys";
  const path = [...(issue?.path ?? []), ...(extra ? issue.keys.slice(0, 1) : [])].join(".");
  // A field's name may be a stranger's text where it is unknown: keep it short and plain.
  const field = path.replaceAll(/[^0-9A-Za-z_.]/g, "?").slice(0, 80);
  throw new AuditEventError(
    kind,
    field,
    extra ? "is not a field of this event" : (issue?.message ?? "is wrong"),
  );
}

/**
 * The bytes of an event's leaf: schema-checked, then canonical JSON.
 * @throws AuditEventError naming the field
 */
export function encodeEvent(event: AuditEvent): Uint8Array<ArrayBuffer> {
  assertEvent(event);
  try {
    const bytes = canonicalBytes(event);
    if (bytes.length <= LEAF_BYTES.max) return bytes;
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    throw new AuditEventError(event.kind, error.path.slice(1).replaceAll("/", "."), error.reason);
  }
  throw new AuditEventError(event.kind, "the whole", `is longer than ${LEAF_BYTES.max} bytes`);
}

function kindOf(value: unknown): EventKind | undefined {
  if (typeof value !== "object" || value === null || !("kind" in value)) return undefined;
  return typeof value.kind === "string" && isEventKind(value.kind) ? value.kind : undefined;
}

function prefixOf(id: Actor["id"]): "src" | "sys" | "usr" {
  if (id.startsWith("usr_")) return "usr";
  return id.startsWith("src_") ? "src" : "sys";
}
