import { watchedFetch } from "../lib/connection.ts";
import { closeMedia, openMedia } from "../lib/media/browser-media.ts";
import { createMediaStore } from "../lib/media/media-store.ts";
import { serverNow } from "../lib/server-clock.ts";
import { sessionEnded } from "../lib/session-ended.ts";
import { api } from "../lib/trpc.ts";
import { reviewApi } from "../features/review/model/review-api.ts";
import { createReviewSession } from "../features/review/model/review-session.ts";
import { type Desk, openDesks } from "./open-desks.ts";

/**
 * The desk of an account. It outlives the screen, so that nothing on it is lost by a look at
 * another screen or by signing in again.
 */
export function deskOf(accountId: string): Desk {
  const known = openDesks.get(accountId);
  if (known !== undefined) return known;
  const media = createMediaStore({
    fetch: (url, signal) => watchedFetch(url, { signal }),
    open: openMedia,
    close: closeMedia,
    refused: (lease, status) => {
      if (status === 401) sessionEnded.set(true);
      if (status === 409) session.leaseLost(lease);
    },
  });
  const session = createReviewSession({ api: reviewApi(api), media, now: serverNow });
  const desk = { session, media };
  openDesks.set(accountId, desk);
  return desk;
}
