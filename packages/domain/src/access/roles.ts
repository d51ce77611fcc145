/** What a member of staff may be. One person has one role. */
export const STAFF_ROLES = ["reviewer", "senior", "lead", "auditor", "privacy", "admin"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Everyone who acts: staff, an upstream system with a key, or nobody signed in. */
export type ActorRole = StaffRole | "source" | "nobody";

const EVERYONE: readonly StaffRole[] = STAFF_ROLES;
const JUDGES: readonly StaffRole[] = ["reviewer", "senior", "lead"];

/**
 * Who may do what: the only table of rights. Every procedure and route names one of these.
 * `self.*` needs only to be signed in, `open` not even that.
 */
const RIGHTS = {
  open: [...EVERYONE, "source", "nobody"],
  "self.read": EVERYONE,
  "queue.claim": JUDGES,
  "queue.pick": ["senior", "lead"],
  "queue.oversee": ["lead"],
  /** Who works on what, and how urgent it is; never how it is judged. */
  "queue.route": ["lead"],
  "case.judge": JUDGES,
  "case.adjudicate": ["lead"],
  "case.browse": ["lead", "auditor", "privacy"],
  "case.machine_view": ["lead"],
  "audit.read": ["auditor"],
  "audit.status": EVERYONE,
  /** Figures of everybody, people by name. */
  "insights.read": ["lead"],
  /** One's own figures. */
  "insights.own": JUDGES,
  "people.manage": ["admin"],
  "keys.manage": ["admin"],
  "ingest.send": ["source"],
  "ingest.read": ["source"],
} as const satisfies Record<string, readonly ActorRole[]>;

export type Permission = keyof typeof RIGHTS;

export const PERMISSIONS = Object.keys(RIGHTS).filter((name): name is Permission => name in RIGHTS);

/** Yes, or why not, as a sentence for the person who was refused. */
export type Access =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string };

/** Whether this role has this right. */
export function can(role: ActorRole, permission: Permission): Access {
  const holders: readonly ActorRole[] = RIGHTS[permission];
  if (holders.includes(role)) return { allowed: true };
  if (role === "nobody") return { allowed: false, reason: "Sign in first." };
  return {
    allowed: false,
    reason: `Your role (${role}) does not include this; it belongs to: ${holders.join(", ")}.`,
  };
}
