import { z } from "zod";
import { draftSchema, leaseRefSchema } from "./work.ts";

export const saveDraftInput = leaseRefSchema.extend({ content: draftSchema });
export const saveDraftOutput = z.object({ saved: z.literal(true) });
