import { PHOTO_MARKS } from "@secondlook/domain/evidence/prepared";
import { z } from "zod";

const rendition = z.object({
  name: z.enum(["original", "face", "screen", "detail", "thumb", "clip"]),
  mediaType: z.string(),
  bytes: z.instanceof(Uint8Array),
  width: z.int().positive(),
  height: z.int().positive(),
});

const ratioBox = z.object({
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
});

const refusal = z.object({
  ok: z.literal(false),
  refusal: z.object({
    code: z.enum([
      "empty",
      "too_large",
      "unsupported_format",
      "damaged",
      "truncated",
      "too_many_pixels",
      "too_long",
      "no_video",
      "preparation_failed",
    ]),
    message: z.string(),
  }),
});

/** What a child answers. It has decoded a stranger's file, so its answer is checked like one. */
export const photoAnswer = z.discriminatedUnion("ok", [
  refusal,
  z.object({
    ok: z.literal(true),
    value: z.object({
      type: z.literal("photo"),
      format: z.enum(["jpeg", "png", "webp", "avif", "heic"]),
      width: z.int().positive(),
      height: z.int().positive(),
      marks: z.array(z.enum(PHOTO_MARKS)),
      faceIn: z.object({ face: ratioBox, whole: ratioBox }).nullable(),
      renditions: z.array(rendition),
    }),
  }),
]);

export const clipAnswer = z.discriminatedUnion("ok", [
  refusal,
  z.object({
    ok: z.literal(true),
    value: z.object({
      type: z.literal("clip"),
      format: z.enum(["webm", "mp4", "mov"]),
      codec: z.string(),
      width: z.int().positive(),
      height: z.int().positive(),
      frames: z.int().positive(),
      durationSeconds: z.number().positive(),
      renditions: z.array(rendition),
    }),
  }),
]);
