import { useCallback, useSyncExternalStore } from "react";
import type { RenditionName } from "../../../lib/contract.ts";
import type { MediaItem, MediaStore } from "../../../lib/media/media-store.ts";

/** What is in memory of one rendition, kept up to date. */
export function useMedia(
  media: MediaStore,
  caseId: string,
  evidenceId: string,
  rendition: RenditionName,
): MediaItem | undefined {
  const read = useCallback(
    () => media.get(caseId, evidenceId, rendition),
    [media, caseId, evidenceId, rendition],
  );
  return useSyncExternalStore(media.subscribe, read);
}
