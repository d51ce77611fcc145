import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { refuse } from "@secondlook/domain/result";

/** A result that is always a refusal. */
export type Refused = { readonly ok: false; readonly refusal: MediaRefusal };

/** A file that ends too early; `where` ends the sentence "the JPEG …". */
export function truncated(format: string, where: string): Refused {
  return refuse({ code: "truncated", message: `the ${format} ${where}; send it again` });
}

/** A file whose parts contradict each other or don't decode; `what` ends the sentence "the JPEG …". */
export function damaged(format: string, what: string): Refused {
  return refuse({
    code: "damaged",
    message: `the ${format} ${what}; send it again, or another file if it is so at its source`,
  });
}

/** A file of a kind that is not taken; `message` is the whole sentence. */
export function unsupported(message: string): Refused {
  return refuse({ code: "unsupported_format", message });
}

/** How far a file got, for `truncated`: whole percents, never 100. */
export function percent(part: number, whole: number): number {
  return whole > 0 ? Math.max(0, Math.min(99, Math.floor((100 * part) / whole))) : 0;
}
