/**
 * Ids of the domain: a three-letter kind, an underscore, 22 random base-62 characters (131 bits).
 * Random and not time-ordered, because an id that sorts by time or by the provider's order would
 * tell a reviewer the machine's rank (promise 4), and the log keeps ids forever.
 */
const KINDS = {
  actor: "usr",
  appeal: "apl",
  candidate: "cnd",
  case: "cas",
  decision: "dec",
  evidence: "evd",
  exemption: "exm",
  instance: "ins",
  key: "key",
  link: "lnk",
  object: "obj",
  request: "req",
  run: "run",
  session: "ses",
  source: "src",
  subject: "sub",
  verification: "ver",
} as const;

export type IdKind = keyof typeof KINDS;

/** An id of one kind; a `CaseId` is not assignable where a `SubjectId` is asked for. */
export type Id<K extends IdKind> = `${(typeof KINDS)[K]}_${string}`;

/** Fills a buffer with random bytes; `crypto.getRandomValues` in production, seeded in tests. */
export type RandomBytes = (length: number) => Uint8Array;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH = 22;

/**
 * Makes a new random id.
 *
 * Bytes of 248 and above are thrown away, so that each of the 62 letters is equally likely.
 */
export function newId<K extends IdKind>(kind: K, random: RandomBytes): Id<K> {
  let tail = "";
  while (tail.length < LENGTH) {
    for (const byte of random(LENGTH)) {
      if (byte < 248 && tail.length < LENGTH) tail += ALPHABET[byte % 62];
    }
  }
  return `${KINDS[kind]}_${tail}`;
}

/** Whether a string has the shape of an id of this kind (it may still name nothing). */
export function isId<K extends IdKind>(kind: K, value: string): value is Id<K> {
  return value.startsWith(`${KINDS[kind]}_`) && /^[a-z]{3}_[0-9A-Za-z]{1,26}$/.test(value);
}

/** Random bytes of the platform (Node 24 and browsers). */
export function systemRandom(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
