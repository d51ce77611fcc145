import { useEffect } from "react";
import { createLive, type LiveState } from "../lib/live.ts";
import { sessionEnded } from "../lib/session-ended.ts";
import { type Store, useStore } from "../lib/store.ts";

const live = createLive({
  open: () => new EventSource("/live/events"),
  async ask() {
    const response = await fetch("/live/now");
    const body: unknown = await response.json().catch(() => null);
    return { status: response.status, body };
  },
  signedOut: () => sessionEnded.set(true),
});

/** What is told live to whoever is signed in. */
export const liveState: Store<LiveState> = live.state;

/** Listens for as long as somebody is signed in. */
export function useLive(): void {
  const ended = useStore(sessionEnded);
  useEffect(() => (ended ? undefined : live.start()), [ended]);
}
