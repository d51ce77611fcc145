import type { HeldRound } from "@secondlook/db/queue/lease";
import type { z } from "zod";
import type { Deps } from "../core/deps.ts";
import type { claimResultSchema } from "../schemas/work.ts";
import { findWorkCase, workCaseOf } from "./work-case.ts";

type ClaimResult = z.output<typeof claimResultSchema>;

/**
 * What a claim answers: the case to work on, and the one kept ready behind it. Call it once the
 * transaction that gave the leases, and their events, have committed.
 */
export async function claimResultOf(
  deps: Pick<Deps, "db" | "vault">,
  staffId: string,
  leases: { readonly active: HeldRound; readonly reserved: HeldRound | undefined },
): Promise<ClaimResult> {
  const by = (held: HeldRound) => ({ caseId: held.caseId, staffId, fence: held.fence });
  const active = await workCaseOf(deps, deps.db, by(leases.active));
  const reserved =
    leases.reserved === undefined
      ? undefined
      : await findWorkCase(deps, deps.db, by(leases.reserved));
  return { state: "work", active, reserved: reserved ?? null };
}
