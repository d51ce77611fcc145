import { fileURLToPath } from "node:url";
import type {
  MediaPreparer,
  MediaRefusal,
  PreparedRendition,
} from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";
import type { z } from "zod";
import { admit } from "./admit.ts";
import { MEDIA_TYPES } from "./formats.ts";
import { clipLimits, photoLimits } from "./limits.ts";
import { type ChildOutcome, createChildPool } from "./pool/child-pool.ts";
import { oneAtATime } from "./pool/one-at-a-time.ts";
import { clipAnswer, photoAnswer } from "./prepared-schema.ts";

export interface MediaPreparerOptions {
  /** Child processes at most; two is also the most. */
  readonly workers?: 1 | 2;
  /** Resident memory of one child, in MB. */
  readonly memoryMb?: number;
  /** How long one file may take before its child is killed. */
  readonly timeoutSeconds?: number;
}

export interface ClosableMediaPreparer extends MediaPreparer {
  /** Ends the child processes. What still runs is refused; so is everything afterwards. */
  close(): Promise<void>;
}

/**
 * Prepares photos and clips in child processes. What can be told from size and first bytes is
 * refused here; decoding happens in a child, and whatever goes wrong there refuses that file only.
 */
export function createMediaPreparer(options: MediaPreparerOptions = {}): ClosableMediaPreparer {
  const pool = createChildPool({
    filename: fileURLToPath(new URL("worker.ts", import.meta.url)),
    workers: Math.min(2, options.workers ?? 2),
    // The largest photo taken (50 megapixels) was seen to need 480 MB.
    memoryMb: options.memoryMb ?? 1024,
    timeoutSeconds: options.timeoutSeconds ?? 30,
  });
  const inTurn = oneAtATime();
  return {
    async preparePhoto({ bytes, faceBox }) {
      const admitted = admit(bytes, "photo", photoLimits.bytes);
      if (!admitted.ok) return admitted;
      const { format } = admitted.value;
      const run = (): Promise<ChildOutcome> =>
        pool.run("preparePhoto", { bytes: owned(bytes), format, faceBox });
      // HEIC takes the most memory of all, so never two at once; while one waits, others go on.
      const outcome = await (format === "heic" ? inTurn(run) : run());
      return withOriginal(read(outcome, photoAnswer), MEDIA_TYPES[format], bytes);
    },
    async prepareClip({ bytes }) {
      const admitted = admit(bytes, "clip", clipLimits.bytes);
      if (!admitted.ok) return admitted;
      const { format } = admitted.value;
      const outcome = await pool.run("prepareClip", { bytes: owned(bytes), format });
      return withOriginal(read(outcome, clipAnswer), MEDIA_TYPES[format], bytes);
    },
    close: () => pool.close(),
  };
}

/** A view into a whole request would carry the whole request to the child. */
function owned(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
}

function read<T>(
  outcome: ChildOutcome,
  schema: z.ZodType<Result<T, MediaRefusal>>,
): Result<T, MediaRefusal> {
  if (!outcome.ok) return failed(WHY[outcome.reason]);
  const answer = schema.safeParse(outcome.value);
  return answer.success ? answer.data : failed(WHY.failed);
}

const WHY = {
  timeout: "took too long to prepare; send a smaller or plainer copy",
  died: "needs more memory than is allowed, or broke its decoder; send a smaller or plainer copy",
  failed: "could not be prepared; send another copy",
  closed: "was not prepared because the server is stopping; send it again later",
} as const;

function failed(why: string): Result<never, MediaRefusal> {
  return refuse({ code: "preparation_failed", message: `the file ${why}` });
}

/** Adds the bytes as they were sent; they never needed to come back from the child. */
function withOriginal<
  T extends { width: number; height: number; renditions: readonly PreparedRendition[] },
>(result: Result<T, MediaRefusal>, mediaType: string, bytes: Uint8Array): Result<T, MediaRefusal> {
  if (!result.ok) return result;
  const { width, height } = result.value;
  const original: PreparedRendition = { name: "original", mediaType, bytes, width, height };
  const made = result.value.renditions.map((r) => ({ ...r, bytes: owned(r.bytes) }));
  return ok({ ...result.value, renditions: [original, ...made] });
}
