import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { LiveState } from "../../lib/live.ts";

/** Each asking for a list stands in the log for every account in it, so not at every change. */
const LEAST_MS = 10_000;
/** Times run on without a change: somebody becomes idle, a case late. */
const QUIET_MS = 60_000;
const NOT_LIVE_MS = 20_000;

/** How often the lists of this page are asked for where nothing is told. */
export function refreshMs(live: LiveState): number {
  return live.how === "stream" ? QUIET_MS : NOT_LIVE_MS;
}

/** Asks for the lists of this page anew when something changed in the queue, and seldom enough. */
export function useQueueRefresh({ told }: LiveState): void {
  const queryClient = useQueryClient();
  const news = told === null ? null : JSON.stringify([told.holders, told.strip]);
  const last = useRef<{ readonly news: string | null; readonly at: number } | null>(null);
  useEffect(() => {
    if (news === null) return;
    // What the page was opened with is not news.
    last.current ??= { news, at: 0 };
    if (last.current.news === news) return;
    const wait = Math.max(0, last.current.at + LEAST_MS - Date.now());
    const timer = setTimeout(() => {
      last.current = { news, at: Date.now() };
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOfQueue(queryKey[0]) });
    }, wait);
    return () => clearTimeout(timer);
  }, [news, queryClient]);
}

function isOfQueue(name: unknown): boolean {
  return typeof name === "string" && name.startsWith("queue-");
}
