import { fromUtf8, toBase64 } from "@secondlook/audit/bytes";
import { formatProof } from "@secondlook/audit/proof";
import { findLeaf, proveEntry } from "@secondlook/db/audit/entry-proof";
import { recordPageVisits } from "@secondlook/db/cases/page-visit";
import { staffNames } from "@secondlook/db/staff/names";
import { z } from "zod";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { auditProofInput, auditProofOutput } from "../schemas/audit.ts";

/** One event whole: its exact bytes, and the proof that they stand in the signed log. */
export const prove = procedure
  .meta({ permission: "audit.read", records: ["audit.proof"] })
  .input(auditProofInput)
  .output(auditProofOutput)
  .mutation(async ({ ctx, input }) => {
    const { deps, staff } = ctx;
    const { eid, index, purpose } = input;
    await ctx.recorder.read([
      { kind: "audit.proof", outcome: "allowed", event: eid, purpose: { code: purpose } },
    ]);
    const found = await findLeaf(deps.reader, { eid, index });
    if (found === undefined) {
      throw new Refusal("not_found", "There is no such event at this place of the log.");
    }
    const { leaf, caseId } = found;
    if (caseId !== null) {
      await recordPageVisits(deps.db, { caseIds: [caseId], staffId: staff.id });
    }
    const proof = await proveEntry(deps.reader, index);
    if (proof === "gone") {
      throw new Refusal(
        "conflict",
        "The proof can't be made, because the log lacks an event beside this one. Have “audit verify” run, which tells more.",
      );
    }
    const actor = actorOf(leaf);
    const names = await staffNames(deps.db, actor === undefined ? [] : [actor]);
    return {
      index,
      leaf: toBase64(leaf),
      name: actor === undefined ? null : (names.get(actor) ?? null),
      proof: proof === undefined ? null : formatProof({ ...proof, extra: leaf }),
      key: deps.logKey,
    };
  });

const actorSchema = z.object({ actor: z.object({ id: z.string() }) });

function actorOf(leaf: Uint8Array): string | undefined {
  try {
    return actorSchema.parse(JSON.parse(fromUtf8(leaf) ?? "")).actor.id;
  } catch {
    return undefined;
  }
}
