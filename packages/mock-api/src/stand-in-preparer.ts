import type {
  MediaPreparer,
  MediaRefusal,
  PreparedRendition,
} from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";
import { type DataSource, type MockIndex, readWhole, renditionFile } from "./mock-data.ts";
import type { PreparedFile } from "./prepared-file.ts";

const PREFIX = "secondlook mock file: ";

/** The bytes that stand for a file which was prepared when the data was made. */
export function standIn(name: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(PREFIX + name);
}

/**
 * Gives out files that were prepared on Node, by their stand-ins: what prepares photos and clips
 * runs on no browser. Any other file is refused, and the refusal says so.
 */
export function createStandInPreparer(index: MockIndex, source: DataSource): MediaPreparer {
  async function find(bytes: Uint8Array, type: PreparedFile["prepared"]["type"]) {
    const text = bytes.length < 200 ? new TextDecoder().decode(bytes) : "";
    const name = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined;
    const file = name === undefined ? undefined : index.files[name]?.prepared;
    if (name === undefined || file?.type !== type) return undefined;
    const renditions = await Promise.all(
      file.renditions.map(async (rendition): Promise<PreparedRendition> => {
        const path = renditionFile(name, rendition.name);
        return { ...rendition, bytes: await readWhole(source, path) };
      }),
    );
    return { file, renditions };
  }

  return {
    async preparePhoto({ bytes }) {
      const found = await find(bytes, "photo");
      if (found?.file.type !== "photo") return unprepared();
      return ok({ ...found.file, renditions: found.renditions });
    },
    async prepareClip({ bytes }) {
      const found = await find(bytes, "clip");
      if (found?.file.type !== "clip") return unprepared();
      return ok({ ...found.file, renditions: found.renditions });
    },
  };
}

function unprepared(): Result<never, MediaRefusal> {
  return refuse({
    code: "preparation_failed",
    message:
      "mock mode can't prepare photos and clips, only send those it was made with; start the product with “pnpm dev” for this file",
  });
}
