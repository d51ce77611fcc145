import type { Context } from "./context.ts";

/** Writes refused calls into the log, on their own connection, so that no rollback takes them. */
export interface Denials {
  record(context: Context, path: string): Promise<void>;
}

const WINDOW_MS = 60_000;
const SINGLE = 20;

interface Window {
  startedAt: number;
  seen: number;
}

/**
 * Up to 20 denials a minute by one actor are an event each; further ones are counted and written as
 * one event with the count when the minute is over, so that the log can't be flooded.
 */
export function createDenials(): Denials {
  const windows = new Map<string, Window>();
  return {
    async record(context, path) {
      if (context.staff === null) return;
      const now = context.deps.clock().getTime();
      const key = context.staff.id;
      let window = windows.get(key);
      if (window === undefined || now - window.startedAt >= WINDOW_MS) {
        const held = window === undefined ? 0 : Math.max(0, window.seen - SINGLE);
        window = { startedAt: now, seen: 0 };
        windows.set(key, window);
        if (held > 0) await write(context, "flood", held);
      }
      window.seen += 1;
      if (window.seen <= SINGLE) await write(context, path, 1);
    },
  };
}

async function write(context: Context, path: string, count: number): Promise<void> {
  const code = path
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.]/g, "_")
    .slice(0, 64);
  await context.recorder.read([
    { kind: "access.denied", outcome: "denied", action: code, reason: "role_or_lease", count },
  ]);
}
