import type { Result } from "../result.ts";
import type { FaceBox, FaceIn } from "./face-box.ts";

/** Kinds of evidence; the first two and a profile photo are pictures, the clip is video. */
export type EvidenceKind = "id_photo" | "profile_photo" | "face_clip";

/** What a rendition shows. `original` is kept encrypted and never served. */
export type RenditionName = "original" | "face" | "screen" | "detail" | "thumb" | "clip";

/** One prepared file, in clear, in memory: it is encrypted before it touches a disk. */
export interface PreparedRendition {
  readonly name: RenditionName;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
}

/** What a reviewer must be told about a picture; never silently improved. */
export const PHOTO_MARKS = [
  // The box lies wholly outside; the whole picture is shown.
  "face_outside_picture",
  // A part of the box lies outside.
  "face_cut_off",
  "face_too_small",
  "face_too_dark",
  // A part of the face is one flat colour, as where a cut picture was saved again.
  "face_damaged",
  "no_face_box",
] as const;
export type PhotoMark = (typeof PHOTO_MARKS)[number];

export interface PreparedPhoto {
  readonly type: "photo";
  readonly format: "jpeg" | "png" | "webp" | "avif" | "heic";
  /** Pixels of the upright original. */
  readonly width: number;
  readonly height: number;
  readonly marks: readonly PhotoMark[];
  /** Null where nobody said where the face is, or where it is not in the picture. */
  readonly faceIn: FaceIn | null;
  readonly renditions: readonly PreparedRendition[];
}

export interface PreparedClip {
  readonly type: "clip";
  readonly format: "webm" | "mp4" | "mov";
  /** The codec string as WebCodecs takes it, such as `vp09.00.10.08`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Counted on the packets, never read from the header. */
  readonly frames: number;
  readonly durationSeconds: number;
  readonly renditions: readonly PreparedRendition[];
}

/** Why a file was not taken. `message` ends a sentence that starts with the file's pointer. */
export interface MediaRefusal {
  readonly code:
    | "empty"
    | "too_large"
    | "unsupported_format"
    | "damaged"
    | "truncated"
    | "too_many_pixels"
    | "too_long"
    | "no_video"
    | "preparation_failed";
  readonly message: string;
}

/** The door through which every file comes; `packages/media` is the one that stands in production. */
export interface MediaPreparer {
  preparePhoto(input: {
    readonly bytes: Uint8Array;
    readonly faceBox?: FaceBox;
  }): Promise<Result<PreparedPhoto, MediaRefusal>>;
  prepareClip(input: { readonly bytes: Uint8Array }): Promise<Result<PreparedClip, MediaRefusal>>;
}
