import { z } from "zod";

/** Lengths and places on a stage; nothing sensible comes near these bounds. */
const length = z.number().min(-1e4).max(1e4);
const part = z.number().min(0).max(1);

const pointSchema = z.strictObject({ x: part, y: part });

/** A mirror, then a turn in radians, then a scale, then a shift. */
const similaritySchema = z.strictObject({
  scale: z.number().positive().max(1e4),
  angle: z.number().min(-Math.PI).max(Math.PI),
  mirror: z.boolean(),
  x: length,
  y: length,
});

const toneSchema = z.strictObject({
  brightness: z.number().min(-1).max(1),
  contrast: z.number().min(-1).max(1),
  gamma: z.number().min(0.1).max(10),
  saturation: z.number().min(0).max(10),
  sharpen: z.number().min(0).max(10),
});

/** What one side showed, and how. */
const sideViewingSchema = z.strictObject({
  evidenceId: z.string().regex(/^evd_[0-9A-Za-z]{1,26}$/),
  rendition: z.enum(["face", "screen", "detail", "thumb", "clip"]),
  /** Of a clip: when the frame on show is presented, in seconds. */
  frameSeconds: z.number().min(0).max(3600).nullable(),
  own: similaritySchema,
  mirror: z.boolean(),
  tone: toneSchema,
  /** Points that were clicked on the face, as ratios of the picture. */
  points: z.tuple([pointSchema, pointSchema]).nullable(),
});

/**
 * How a pair was looked at when its rating was sealed. It says nothing to the rules; it is kept so
 * that one can see later what the reviewer saw.
 */
export const viewingSchema = z.strictObject({
  mode: z.enum(["side", "wipe", "wipe_across", "overlay", "flicker", "difference"]),
  split: part,
  opacity: part,
  rate: z.number().min(0).max(10),
  align: z.enum(["off", "faces", "points"]),
  view: similaritySchema,
  probe: sideViewingSchema.nullable(),
  candidate: sideViewingSchema.nullable(),
});
export type Viewing = z.output<typeof viewingSchema>;
