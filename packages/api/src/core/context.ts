import type { Id } from "@secondlook/domain/ids";
import type { StaffRole } from "@secondlook/domain/access/roles";
import type { Deps } from "./deps.ts";
import type { Recorder } from "./recorder.ts";

/** The member of staff who is signed in. */
export interface Staff {
  readonly id: Id<"actor">;
  readonly handle: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly regions: readonly string[] | null;
  readonly languages: readonly string[] | null;
  readonly skills: readonly string[];
  readonly sessionId: Id<"session">;
  /** They pressed pause in this session and have not asked for work since. */
  readonly paused?: boolean;
}

/** What every procedure gets; type imports only, so that checking the console stays cheap. */
export interface Context {
  readonly deps: Deps;
  readonly staff: Staff | null;
  readonly requestId: Id<"request">;
  readonly recorder: Recorder;
  /** Headers of the answer: the session's carrier writes here. */
  readonly responseHeaders: Headers;
}
