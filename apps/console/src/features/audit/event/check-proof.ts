import { equalBytes, fromBase64, toHex } from "@secondlook/audit/bytes";
import { leafHash } from "@secondlook/audit/merkle";
import { NoteError, parseVerifierKey } from "@secondlook/audit/note-key";
import { ProofError, verifyProof } from "@secondlook/audit/proof";
import type { AuditEventView } from "../../../lib/contract.ts";

/** What this browser found about the proof of an event. */
export type ProofCheck =
  | { readonly state: "pending" }
  | {
      readonly state: "proven";
      readonly size: number;
      readonly root: string;
      readonly hash: string;
    }
  | { readonly state: "failed"; readonly why: string };

/**
 * Checks the proof here: the head is signed by the log's key, and exactly the bytes that are shown
 * stand at exactly this place of its tree. Nothing that the server says about it is taken on trust,
 * but the key: compare it with the one you were given.
 */
export async function checkProof(of: AuditEventView, expectedIndex: number): Promise<ProofCheck> {
  const leaf = fromBase64(of.leaf);
  if (leaf === undefined) return { state: "failed", why: "The event's bytes can't be read." };
  if (of.proof === null) return { state: "pending" };
  try {
    const proven = await verifyProof(of.proof, parseVerifierKey(of.key), { leaf });
    if (proven.index !== expectedIndex || of.index !== expectedIndex) {
      return { state: "failed", why: "The proof is of another place in the log." };
    }
    // The file that is kept must prove the same bytes by itself.
    const alone = await verifyProof(of.proof, parseVerifierKey(of.key));
    if (!equalBytes(alone.leaf, leaf)) {
      return { state: "failed", why: "The proof file holds another event." };
    }
    const { size, root } = proven.checkpoint;
    return { state: "proven", size, root: toHex(root), hash: toHex(leafHash(leaf)) };
  } catch (error) {
    if (error instanceof ProofError || error instanceof NoteError) {
      return { state: "failed", why: error.message };
    }
    throw error;
  }
}
