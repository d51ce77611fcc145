import type { Judgement, JudgementRefusal, Viewed } from "@secondlook/domain/judging/rating";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import { Refusal } from "../core/refusal.ts";

/** What a rating was made of, encrypted under the probe's key; the number stands in the clear. */
export async function sealDetail(
  key: SubjectKey,
  candidateId: string,
  { components, missing }: Judgement,
): Promise<Uint8Array> {
  return key.encryptJson({ components, missing }, { object: candidateId, purpose: "judgement" });
}

/** Why a judgement was refused, as the sentence that its author reads. */
export function judgementRefusal(refusal: JudgementRefusal, view: Viewed): Refusal {
  switch (refusal) {
    case "viewed_too_short": {
      const seconds = Math.ceil(view.minimumViewSeconds - view.viewedMs / 1000);
      return new Refusal(
        "viewed_too_short",
        `Look at this pair for ${seconds === 1 ? "one more second" : `${seconds} more seconds`}, then seal: the first glance is wrong too often.`,
      );
    }
    case "missing_reason_needed":
      return new Refusal(
        "invalid_judgement",
        "“Can't tell” needs what is missing: choose at least one reason.",
      );
  }
}
