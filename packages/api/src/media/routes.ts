import { findServedRendition, type ServedRendition } from "@secondlook/db/evidence/find-rendition";
import { can } from "@secondlook/domain/access/roles";
import { isId } from "@secondlook/domain/ids";
import { Hono } from "hono";
import { z } from "zod";
import type { Context } from "../core/context.ts";
import { contextOf } from "../core/context-of.ts";
import type { Deps } from "../core/deps.ts";
import { Refusal } from "../core/refusal.ts";

const requestSchema = z.object({
  evidenceId: z.string(),
  rendition: z.enum(["face", "screen", "detail", "thumb", "clip"]),
  caseId: z.string(),
  fence: z.coerce.number().pipe(z.int().positive()),
});

/** What a media answer says besides its bytes; neither cached, sniffed, split nor framed. */
const HEADERS = {
  "accept-ranges": "none",
  "cache-control": "no-store",
  "content-disposition": "inline",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
} as const;

/**
 * `GET /media/<evidence>/<rendition>?case=…&fence=…`: one GET, one event, the whole object. The
 * object is opened and authenticated first, the event is durable next, then the bytes leave.
 */
export function mediaRoutes(deps: Deps): Hono {
  const routes = new Hono();
  routes.on(["GET", "HEAD"], "/media/:evidenceId/:rendition", async (c) => {
    // A HEAD would tell of an object without an event.
    if (c.req.method !== "GET")
      return new Response(null, { status: 405, headers: { allow: "GET" } });
    const context = await contextOf(deps, c.req.raw);
    const asked = requestSchema.safeParse({
      evidenceId: c.req.param("evidenceId"),
      rendition: c.req.param("rendition"),
      caseId: c.req.query("case"),
      fence: c.req.query("fence"),
    });
    const { staff } = context;
    const access = can(staff?.role ?? "nobody", "case.judge");
    if (staff === null) throw new Refusal("signed_out", "Sign in first.");
    if (!access.allowed) {
      await deps.denials.record(context, "media.read");
      throw new Refusal("forbidden", access.reason);
    }
    if (
      !asked.success ||
      !isId("evidence", asked.data.evidenceId) ||
      !isId("case", asked.data.caseId)
    ) {
      throw new Refusal("invalid_input", "This is not the address of a piece of evidence.");
    }
    const { evidenceId, rendition, caseId, fence } = asked.data;
    const found = await findServedRendition(deps.db, {
      evidenceId,
      name: rendition,
      caseId,
      staffId: staff.id,
      fence,
    });
    if (found === undefined) {
      await deps.denials.record(context, "media.read");
      throw new Refusal(
        "lease_lost",
        "This evidence opens only for the reviewer who has the case; take the case again if it is free.",
      );
    }
    const bytes = await openObject(context, found, rendition);
    await context.recorder.read([
      {
        kind: "media.read",
        outcome: "allowed",
        case: caseId,
        subject: found.subjectId,
        asset: evidenceId,
        rendition,
        cycle: found.cycle,
        round: found.round,
        fence,
        purpose: { code: found.leaseKind === "reserved" ? "prefetch" : "review" },
      },
    ]);
    return new Response(bytes, {
      headers: {
        ...HEADERS,
        "content-type": found.mediaType,
        "content-length": String(bytes.length),
      },
    });
  });
  return routes;
}

async function openObject(
  context: Context,
  found: ServedRendition,
  rendition: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { deps } = context;
  const { objectId, subjectId, wrappedKey: wrapped } = found;
  const [sealed, key] = await Promise.all([
    deps.objects.get(objectId),
    wrapped === null ? undefined : deps.vault.openSubjectKey({ wrapped, subjectId }),
  ]);
  if (sealed === undefined || key === undefined) {
    throw new Refusal(
      "not_found",
      "This evidence no longer exists; it was erased or its time ran out.",
    );
  }
  return key.decrypt(sealed, { object: objectId, rendition, purpose: "evidence" });
}
