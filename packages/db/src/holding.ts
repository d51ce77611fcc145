/**
 * What a column holds of people (DESIGN section 13).
 *
 * - `id`: a random id of ours; whom it means stands elsewhere or nowhere
 * - `upstream_id`: an id that an upstream system or a provider gave
 * - `code`: a code, number or time about somebody's case; says nothing without the ids beside it
 * - `encrypted`: readable only with the named subject's key, which erasure destroys
 * - `keyed_hash`: can be compared, and not guessed without our key
 * - `wrapped_key`: a subject's key, under the root key
 * - `staff`: about a member of staff
 * - `leaf`: an event of the log: ids and codes only
 * - `none`: nothing about anybody
 */
type Holding =
  | "id"
  | "upstream_id"
  | "code"
  | `encrypted under ${"the subject" | "the probe's subject" | "the candidate's subject"}`
  | "keyed_hash"
  | "wrapped_key"
  | "staff"
  | "leaf"
  | "none";

/** Columns by table. */
export type Inventory = Readonly<Record<string, Readonly<Record<string, Holding>>>>;
