import type {
  MediaPreparer,
  MediaRefusal,
  PreparedRendition,
  RenditionName,
} from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";

/** The smallest file that `createPlainPreparer` takes as a photo; `mark` tells several apart. */
export function plainPhoto(mark = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, mark, 0xff, 0xd9);
}

/** As `plainPhoto`, for a clip: the first bytes of a WebM. */
export function plainClip(mark = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, mark);
}

/**
 * Prepares by the first bytes alone, in this process: for tests of what happens around evidence.
 * Every rendition is its name and the bytes sent, so that a test can tell which one it was given.
 */
export function createPlainPreparer(): MediaPreparer {
  return {
    async preparePhoto({ bytes, faceBox }) {
      if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return unsupported();
      const names = ["original", "face", "screen", "detail", "thumb"] as const;
      return ok({
        type: "photo",
        format: "jpeg",
        width: 640,
        height: 480,
        marks: faceBox === undefined ? ["no_face_box"] : [],
        faceIn:
          faceBox === undefined
            ? null
            : {
                face: { left: 0.25, top: 0.25, width: 0.5, height: 0.5 },
                whole: { ...faceBox },
              },
        renditions: names.map((name) => rendition(name, "image/jpeg", bytes)),
      });
    },
    async prepareClip({ bytes }) {
      if (bytes[0] !== 0x1a || bytes[1] !== 0x45) return unsupported();
      const names = ["original", "clip"] as const;
      return ok({
        type: "clip",
        format: "webm",
        codec: "vp8",
        width: 640,
        height: 480,
        frames: 99,
        durationSeconds: 3.3,
        renditions: names.map((name) => rendition(name, "video/webm", bytes)),
      });
    },
  };
}

function rendition(name: RenditionName, mediaType: string, bytes: Uint8Array): PreparedRendition {
  const label = new TextEncoder().encode(`/${name}`);
  return { name, mediaType, width: 640, height: 480, bytes: Uint8Array.of(...bytes, ...label) };
}

function unsupported(): Result<never, MediaRefusal> {
  return refuse({ code: "unsupported_format", message: "the file is of no known kind" });
}
