import { can } from "@secondlook/domain/access/roles";
import { Hono } from "hono";
import type { Context, Staff } from "../core/context.ts";
import { contextOf } from "../core/context-of.ts";
import type { Deps } from "../core/deps.ts";
import { Refusal } from "../core/refusal.ts";
import { staffOf } from "../core/sessions.ts";
import { liveSnapshot } from "./snapshot.ts";
import { liveStream } from "./stream.ts";

/** Windows that one session may have open at once; browsers allow six connections to a server. */
const STREAMS_PER_SESSION = 4;

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store",
  // Proxies that gather an answer before passing it on would never pass this one on.
  "x-accel-buffering": "no",
} as const;

/**
 * `GET /live/events`: server-sent events with what one is told live, until the session ends.
 * `GET /live/now`: the same once. Neither counts as something that the person did.
 */
export function liveRoutes(deps: Deps): Hono {
  const routes = new Hono();
  const streams = new Map<string, number>();

  routes.get("/live/events", async (c) => {
    const request = c.req.raw;
    const { staff, withHolders } = await listener(deps, request);
    const { sessionId } = staff;
    const count = streams.get(sessionId) ?? 0;
    if (count >= STREAMS_PER_SESSION) {
      throw new Refusal(
        "too_many_requests",
        "Too many windows are open; this one asks now and then.",
      );
    }
    streams.set(sessionId, count + 1);
    const look = async () => {
      const now = await staffOf(deps, request, { unseen: true });
      // Somebody's role may have changed meanwhile; then they open another stream.
      return now === null || now.role !== staff.role ? null : liveSnapshot(deps, now, withHolders);
    };
    const onEnd = (): void => {
      const left = (streams.get(sessionId) ?? 1) - 1;
      if (left > 0) streams.set(sessionId, left);
      else streams.delete(sessionId);
    };
    return new Response(liveStream(deps, look, onEnd), { headers: HEADERS });
  });

  routes.get("/live/now", async (c) => {
    const { staff, withHolders } = await listener(deps, c.req.raw);
    const headers = { "cache-control": "no-store" };
    return c.json(await liveSnapshot(deps, staff, withHolders), 200, headers);
  });
  return routes;
}

/** Who listens. That a lead is told who is in which case stands in the log, once for each stream. */
async function listener(
  deps: Deps,
  request: Request,
): Promise<{ readonly staff: Staff; readonly withHolders: boolean }> {
  const context = await contextOf(deps, request, { unseen: true });
  const { staff } = context;
  const access = can(staff?.role ?? "nobody", "self.read");
  if (staff === null || !access.allowed) throw new Refusal("signed_out", "Sign in first.");
  return { staff, withHolders: await recordHolders(context, staff) };
}

/** While the log is stalled the names are left out, and the rest is told all the same. */
async function recordHolders(context: Context, staff: Staff): Promise<boolean> {
  if (!can(staff.role, "queue.oversee").allowed) return false;
  try {
    await context.recorder.read([
      { kind: "queue.search", outcome: "allowed", fields: ["holders"] },
    ]);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
