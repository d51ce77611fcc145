import type { EvidenceView } from "../../../lib/contract.ts";
import type { MediaFailure } from "../../../lib/media/media-store.ts";

export const KIND_WORDS: Record<EvidenceView["kind"], string> = {
  id_photo: "ID photo",
  profile_photo: "Profile photo",
  face_clip: "Face clip",
};

const MARK_WORDS: Record<string, string> = {
  face_outside_picture: "Upstream said that the face lies outside; the whole picture is shown",
  face_cut_off: "The face runs past the picture’s edge",
  face_too_small: "The face is small; details may not show",
  face_too_dark: "The face is dark",
  face_damaged:
    "A band across the face is one flat colour; it may have been damaged before it was sent",
  no_face_box: "Upstream did not say where the face is; the whole picture is shown",
};

/** What a reviewer must be told about a picture. */
export function markWords(mark: string): string {
  return MARK_WORDS[mark] ?? mark.replaceAll("_", " ");
}

/** Why a piece of evidence is not there to see, and what follows. */
export const FAILURE_WORDS: Record<MediaFailure, { title: string; text: string }> = {
  broken: {
    title: "This file can’t be decoded",
    text: "It arrived whole but does not show. Judge by what else there is; if that is not enough, ask for a new capture.",
  },
  unreachable: {
    title: "This did not arrive",
    text: "The connection broke on the way. It is fetched again once the server answers.",
  },
  lease_lost: {
    title: "This evidence is closed",
    text: "Your lease on the case is gone; what you can do now stands above.",
  },
  gone: {
    title: "This evidence no longer exists",
    text: "It was erased, or its time ran out. Judge by what else there is.",
  },
  not_recorded: {
    title: "This can’t be opened now",
    text: "The log can’t record the view, and nothing opens unrecorded. Try again in a minute.",
  },
  refused: {
    title: "This evidence is not yours to open",
    text: "The server refused it. Release the case and tell a lead.",
  },
};
