import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";
import { megabytes } from "./limits.ts";
import { damaged, unsupported } from "./refusal.ts";
import { sniff, type Sniffed } from "./sniff.ts";

type Kind = "photo" | "clip";

const TAKEN = { photo: "JPEG, PNG or WebP", clip: "WebM or MP4" } as const;
const NAMES = { jpeg: "JPEG", png: "PNG", webp: "WebP", webm: "WebM", mp4: "MP4" } as const;

/** The cheapest checks, before any process is troubled: emptiness, size and the first bytes. */
export function admit<K extends Kind>(
  bytes: Uint8Array,
  kind: K,
  limit: number,
): Result<Extract<Sniffed, { kind: K }>, MediaRefusal> {
  if (bytes.byteLength === 0)
    return refuse({ code: "empty", message: "the file is empty; send it again" });
  if (bytes.byteLength > limit)
    return refuse({
      code: "too_large",
      message: `the file is larger than ${megabytes(limit)}; send a smaller copy`,
    });
  const sniffed = sniff(bytes);
  if (isKind(sniffed, kind)) return ok(sniffed);
  switch (sniffed.kind) {
    case "photo":
    case "clip":
      return unsupported(`${NAMES[sniffed.format]} is not taken as a ${kind}; send ${TAKEN[kind]}`);
    case "mangled":
      return damaged(sniffed.name, "was changed on the way, at its first bytes");
    case "unsupported":
      return unsupported(`${sniffed.name} is not taken as a ${kind}; send ${TAKEN[kind]}`);
    case "unknown":
      return unsupported(`the file is of no known kind; send ${TAKEN[kind]}`);
  }
}

function isKind<K extends Kind>(
  sniffed: Sniffed,
  kind: K,
): sniffed is Extract<Sniffed, { kind: K }> {
  return sniffed.kind === kind;
}
