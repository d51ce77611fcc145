/** One thing that a check found: a stable code, the leaf where it is seen, a sentence. */
export interface Finding {
  readonly code: FindingCode;
  /** Position of the leaf, from 0. */
  readonly at?: number;
  readonly message: string;
}

export type FindingCode =
  // the signed head
  | "bad_key"
  | "bad_checkpoint"
  | "bad_signature"
  | "bad_older_checkpoint"
  | "wrong_origin"
  | "split_view"
  | "shrunk"
  // the leaves
  | "broken_file"
  | "bad_leaf"
  | "count_mismatch"
  | "root_mismatch"
  | "older_root_mismatch"
  | "event_rewritten"
  | "event_twice"
  | "time_order"
  // the emitters' numbers
  | "number_twice"
  | "emitter_gap"
  | "emitter_open"
  | "emitter_tail"
  | "emitter_unknown"
  | "emitter_order"
  | "void_present"
  // the database that holds the log
  | "position_gap"
  | "position_twice"
  | "event_missing"
  | "leaf_hash_mismatch"
  | "tile_mismatch"
  | "head_mismatch"
  | "unsigned"
  | "unsequenced"
  | "entry_mismatch"
  | "structure";

const MAX_FINDINGS = 100;

/** Findings in the order in which they came: the first hundred of each, and how many there were. */
export class Findings {
  readonly problems: Finding[] = [];
  readonly warnings: Finding[] = [];
  problemCount = 0;

  problem(finding: Finding): void {
    this.problemCount += 1;
    if (this.problems.length < MAX_FINDINGS) this.problems.push(finding);
  }

  warning(finding: Finding): void {
    if (this.warnings.length < MAX_FINDINGS) this.warnings.push(finding);
  }

  all(found: { problems: readonly Finding[]; warnings: readonly Finding[] }): void {
    for (const finding of found.problems) this.problem(finding);
    for (const finding of found.warnings) this.warning(finding);
  }
}
