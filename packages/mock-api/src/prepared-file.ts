import { PHOTO_MARKS } from "@secondlook/domain/evidence/prepared";
import { faceBoxSchema } from "@secondlook/domain/ingest/case-payload";
import { z } from "zod";

const renditionSchema = z.object({
  name: z.enum(["original", "face", "screen", "detail", "thumb", "clip"]),
  mediaType: z.string(),
  width: z.int(),
  height: z.int(),
});

const ratioBoxSchema = z.object({
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
});

const photoSchema = z.object({
  type: z.literal("photo"),
  format: z.enum(["jpeg", "png", "webp"]),
  width: z.int(),
  height: z.int(),
  marks: z.array(z.enum(PHOTO_MARKS)),
  faceIn: z.object({ face: ratioBoxSchema, whole: ratioBoxSchema }).nullable(),
  renditions: z.array(renditionSchema),
});

const clipSchema = z.object({
  type: z.literal("clip"),
  format: z.enum(["webm", "mp4"]),
  codec: z.string(),
  width: z.int(),
  height: z.int(),
  frames: z.int(),
  durationSeconds: z.number(),
  renditions: z.array(renditionSchema),
});

/** A prepared photo or clip whose bytes lie in files of their own. */
export const preparedFileSchema = z.object({
  faceBox: faceBoxSchema.optional(),
  prepared: z.discriminatedUnion("type", [photoSchema, clipSchema]),
});
export type PreparedFile = z.output<typeof preparedFileSchema>;
