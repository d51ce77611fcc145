import { REASON_CODES, type ReasonCode } from "./reasons.ts";

/**
 * Rationales that a reviewer may take over and change, where policy has none of its own. They say
 * what was looked at and leave room for what was seen: a sentence that fits every case proves nothing.
 */
const OURS: Record<ReasonCode, string> = {
  same_face: "The parts of the face that are visible on both sides agree:",
  same_document: "Both accounts were verified with the same document:",
  same_face_and_data: "The faces agree, and so do these details of the accounts:",
  exemption_business: "The second business is registered; seen in:",
  exemption_assisted: "The account is run for somebody who needs assistance; seen in:",
  exemption_recovery: "The earlier account was lost or taken over; seen in:",
  different_face: "These parts of the face differ on both sides:",
  relatives: "Alike as relatives are; told apart by:",
  lookalike: "Alike at first sight; told apart by:",
  no_match: "No candidate was named; nothing on the probe speaks against it.",
  photo_unusable: "The photo does not show enough, because:",
  clip_unusable: "The clip does not show enough, because:",
  evidence_contradicts: "These pieces of evidence contradict one another:",
  cannot_tell: "The evidence is clear enough, but what agrees and what differs is balanced:",
  face_not_holder: "The face is not that of the account's holder; seen in:",
  coached_capture: "Somebody else led the capture; seen in:",
  fronted_account: "The account is run by somebody else; seen in:",
};

/** The rationales that fit the chosen reasons: policy's, else ours. */
export function cannedRationales(
  reasons: readonly ReasonCode[],
  ofPolicy: Partial<Record<ReasonCode, readonly string[]>>,
): readonly string[] {
  return reasons.flatMap((reason) => ofPolicy[reason] ?? [OURS[reason]]);
}

/**
 * A ready-made sentence in a text that belongs to none of the chosen reasons: what was taken over for
 * another outcome would accuse or clear somebody by mistake. Undefined where there is none.
 */
export function strayRationale(
  text: string,
  reasons: readonly ReasonCode[],
  ofPolicy: Partial<Record<ReasonCode, readonly string[]>>,
): string | undefined {
  const own = cannedRationales(reasons, ofPolicy);
  const others = REASON_CODES.filter((code) => !reasons.includes(code));
  return cannedRationales(others, ofPolicy).find(
    (sentence) => text.includes(sentence) && !own.some((each) => each.includes(sentence)),
  );
}

/**
 * The text after another stroke of the key: the next rationale in place of the one taken over before,
 * or after what the reviewer wrote. What somebody wrote is never replaced. A sentence that waits for
 * its end gets a space after it, so that one can type on.
 */
export function withCannedRationale(text: string, canned: readonly string[]): string {
  if (canned.length === 0) return text;
  const sentences = canned.map((each) => (each.endsWith(":") ? `${each} ` : each));
  const used = sentences.findIndex((each) => text === each || text.endsWith(`\n${each}`));
  const [first = ""] = sentences;
  if (used < 0) return text.trim() === "" ? first : `${text.trimEnd()}\n${first}`;
  const before = text.slice(0, text.length - (sentences[used] ?? "").length);
  return before + (sentences[(used + 1) % sentences.length] ?? first);
}
