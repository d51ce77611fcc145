import { z } from "zod";
import { UUID7 } from "../uuid7.ts";

/**
 * The fields an event may have. Each is an opaque id, a code, a number or a time: the schema has no
 * place for a name, a document number, free text, a score or a plain hash of any of them.
 */

const ID_TAIL = "[0-9A-Za-z]{1,26}";
const CODE = /^[a-z][a-z0-9_.]{0,63}$/;
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;

function idField<P extends string>(...prefixes: readonly P[]) {
  const form = new RegExp(`^(?:${prefixes.join("|")})_${ID_TAIL}$`);
  const isId = (value: unknown) => typeof value === "string" && form.test(value);
  return z.custom<`${P}_${string}`>(isId, { error: `must be an id like ${prefixes[0]}_4Kq9` });
}

/** A short word of a closed vocabulary, such as a reason; never a sentence somebody typed. */
export const codeField = z
  .string()
  .regex(CODE, { error: "must be a code: small letters, digits, dots and underscores" });
const codes = z.array(codeField).min(1).max(40).readonly();

/** UTC with milliseconds and `Z`, and a moment that exists. */
export const timeField = z.string().refine((text) => TIME.test(text) && isMoment(text), {
  error: "must be a UTC time with milliseconds, like 2026-01-02T03:04:05.678Z",
});

function isMoment(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}

function int(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  return z.int({ error: "must be a whole number" }).min(min).max(max);
}

/** A keyed commitment to text that sits encrypted elsewhere and goes when its key is destroyed. */
const commitment = z
  .string()
  .regex(/^hmac-sha256:[0-9A-Za-z_-]{43}$/, { error: "must be hmac-sha256: and 43 letters" });

export const idFields = {
  actor: idField("usr", "src", "sys"),
  request: idField("req"),
  session: idField("ses"),
  inst: idField("ins"),
};

/** Roles an actor acts in. `none`: nobody was signed in, as in a failed sign-in. */
export const roleField = z.enum([
  "reviewer",
  "senior",
  "lead",
  "auditor",
  "privacy",
  "admin",
  "source",
  "operator",
  "system",
  "none",
]);

const round = z.enum(["first", "second", "adjudication", "second_adjudication"]);
const finding = z.enum(["same", "different", "unresolved"]);

const decision = z
  .strictObject({
    id: idField("dec").optional(),
    outcome: codeField,
    reasons: codes,
    findings: z
      .array(z.strictObject({ candidate: idField("cnd"), finding }).readonly())
      .max(20)
      .readonly(),
  })
  .readonly();

const purpose = z
  .strictObject({
    code: codeField,
    grant: idField("grt").optional(),
    note: commitment.optional(),
  })
  .readonly();

/** All fields beside the common ones, by name. */
export const FIELDS = {
  /** What was asked for, where a permission is refused: `queue.claim_next`. */
  action: codeField,
  asset: idField("evd"),
  /** Where a similarity lies, never the number: `high`. */
  band: codeField,
  candidate: idField("cnd"),
  case: idField("cas"),
  /** Address and browser of the caller, as a commitment. */
  client: commitment,
  /** How many things or times the event stands for. */
  count: int(1),
  cycle: int(1),
  decision,
  /** The event a proof was asked for. */
  event: z.string().regex(UUID7, { error: "must be an event's id" }),
  exemption: idField("exm"),
  fence: int(1),
  /** Names of fields that were shown, searched by or missing; never what stood in them. */
  fields: codes,
  /** Log positions: from the first up to, not including, `to`. */
  from: int(0),
  key: idField("key"),
  /** The last number of an emitter that stopped: its own `src.n`. */
  last: int(1),
  link: idField("lnk"),
  /** How it was done: `demo`, `link`. */
  method: codeField,
  page: int(1),
  policy: int(1),
  purpose,
  rating: int(-3, 3),
  reason: codeField,
  /** ISO 3166-1 or -2. */
  region: z.string().regex(/^[A-Z]{2}(?:-[0-9A-Z]{1,3})?$/, { error: "must be an ISO 3166 code" }),
  /** Version of the program. */
  release: z.string().regex(/^[0-9]{1,4}(?:\.[0-9]{1,4}){0,2}$/, { error: "must be a version" }),
  rendition: codeField,
  role: roleField,
  root: z.string().regex(/^[0-9a-f]{64}$/, { error: "must be a tree's root in hexadecimal" }),
  round,
  /** The decision an event is about, where its content stands in another event. */
  ruling: idField("dec"),
  run: idField("run"),
  size: int(0),
  source: idField("src"),
  /** The one account the event is about. */
  subject: idField("sub"),
  to: int(0),
  until: timeField,
  user: idField("usr"),
  verification: idField("ver"),
  /** Numbers of this emitter that no event will carry, because their transaction was rolled back. */
  voided: z.array(int(1)).min(1).max(500).readonly(),
  vkey: z
    .string()
    .max(300)
    .regex(/^[a-z0-9./-]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/, {
      error: "must be a verifier key",
    }),
  was: roleField,
} as const;

export type FieldName = keyof typeof FIELDS;

/** What each field holds. */
export type FieldValues = { readonly [F in FieldName]: z.output<(typeof FIELDS)[F]> };

export const OUTCOMES = ["allowed", "denied", "error"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A kind of event: what it means, and which fields it must and may have. */
export interface KindSpec {
  readonly about: string;
  readonly required: readonly FieldName[];
  readonly optional: readonly FieldName[];
  readonly outcomes: readonly Outcome[];
}
