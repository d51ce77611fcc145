import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";
import { FORMAT_NAMES } from "./formats.ts";
import { megabytes } from "./limits.ts";
import { alsoIs } from "./polyglot.ts";
import { damaged, unsupported } from "./refusal.ts";
import { sniff, type Sniffed } from "./sniff.ts";

type Kind = "photo" | "clip";

const TAKEN = {
  photo: "a JPEG, PNG, WebP, AVIF or HEIC",
  clip: "a WebM, MP4 or MOV",
} as const;

/** The cheapest checks, before any process is troubled: emptiness, size, first bytes and last ones. */
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
  if (isKind(sniffed, kind)) {
    const other = alsoIs(bytes);
    return other === undefined
      ? ok(sniffed)
      : unsupported(`the file is a ${nameOf(sniffed)} and ${other} in one; send the ${kind} alone`);
  }
  switch (sniffed.kind) {
    case "photo":
    case "clip":
      return refused(`a ${sniffed.kind} (${nameOf(sniffed)})`, kind);
    case "mangled":
      return damaged(sniffed.name, "was changed on the way, at its first bytes");
    case "unsupported":
      return refused(sniffed.name, kind);
    case "unknown":
      return refused("of no known kind", kind);
  }
}

function nameOf(sniffed: Sniffed): string {
  return sniffed.kind === "photo" || sniffed.kind === "clip"
    ? FORMAT_NAMES[sniffed.format]
    : sniffed.kind;
}

function refused(what: string, kind: Kind) {
  return unsupported(`the file is ${what}; send ${TAKEN[kind]}`);
}

function isKind<K extends Kind>(
  sniffed: Sniffed,
  kind: K,
): sniffed is Extract<Sniffed, { kind: K }> {
  return sniffed.kind === kind;
}
