import type { MediaStore } from "../lib/media/media-store.ts";
import type { ReviewSession } from "../features/review/model/review-session.ts";

/** Where one account reviews, and the evidence that lies there. */
export interface Desk {
  readonly session: ReviewSession;
  readonly media: MediaStore;
}

/**
 * The desks of this page, by account. Apart from what makes them, so that the frame of every screen
 * can ask for one without loading the review screen.
 */
export const openDesks = new Map<string, Desk>();
