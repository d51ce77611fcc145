import type { MediaRefusal, PreparedClip } from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";
import type { Input, InputVideoTrack } from "mediabunny";
import { type ClipFormat, FORMAT_NAMES } from "../formats.ts";
import { damaged, unsupported } from "../refusal.ts";
import { withLastBlockDuration } from "./last-block.ts";
import { type FilmLimits, inspectMp4 } from "./mp4.ts";
import { openClip, type OutputFormat, remux } from "./remux.ts";
import { withoutIndex } from "./segment.ts";
import { type Survey, surveyTrack } from "./survey.ts";
import { inspectWebm } from "./webm.ts";

/** Codecs that the console can decode frame by frame. */
const TAKEN = new Set(["vp8", "vp9", "av1", "avc"]);
const INSTEAD = "send VP8, VP9, AV1 or H.264";
/** Others that cameras and recorders write, by mediabunny's names and by the ids in the files. */
const CODEC_NAMES: Readonly<Record<string, string>> = {
  prores: "ProRes",
  encv: "a protected form, which can't be opened",
  mp4v: "MPEG-4 Visual",
  s263: "H.263",
  jpeg: "Motion JPEG",
  mjpa: "Motion JPEG",
  mjpb: "Motion JPEG",
};
/** See docs/decisions: no browser can be relied on to show it, and it is never recoded here. */
const HEVC_REFUSED =
  "the clip is coded in HEVC (H.265), which browsers can't be relied on to show; record it in H.264 (on an iPhone: Settings, Camera, Formats, Most Compatible)";

/** The one rendition a clip is looked at in; `original` is added by the caller, who holds the bytes. */
export async function prepareClip(input: {
  readonly bytes: Uint8Array;
  readonly format: ClipFormat;
}): Promise<Result<PreparedClip, MediaRefusal>> {
  const { format } = input;
  const inspected: Result<FilmLimits, MediaRefusal> =
    format === "webm" ? inspectWebm(input.bytes) : inspectMp4(input.bytes, format);
  if (!inspected.ok) return inspected;
  const bytes = format === "webm" ? withoutIndex(input.bytes) : input.bytes;
  using clip = openClip(bytes, format);
  try {
    return await prepareOpened(clip, { bytes, format, ...inspected.value });
  } catch {
    // The demuxer throws plain errors at what it can't make sense of.
    return damaged(FORMAT_NAMES[format], "can't be read");
  }
}

interface Source extends FilmLimits {
  readonly bytes: Uint8Array;
  readonly format: ClipFormat;
}

async function prepareOpened(
  clip: Input,
  source: Source,
): Promise<Result<PreparedClip, MediaRefusal>> {
  const { format } = source;
  const found = await findVideo(clip);
  if (!found.ok) return found;
  const { track, codec } = found.value;
  const survey = await surveyTrack(track, FORMAT_NAMES[format], source.showsUntil);
  if (!survey.ok) return survey;
  const output = await chooseOutput(track, format);
  const copy = await copyVideo({ ...source, clip, track, output }, survey.value);
  if (!copy) return refuse({ code: "damaged", message: NOT_COPIED });

  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  const rendition = {
    name: "clip",
    mediaType: `video/${output}`,
    bytes: copy,
    width,
    height,
  } as const;
  const { frames, durationSeconds } = survey.value;
  return ok({
    type: "clip",
    format,
    codec,
    width,
    height,
    frames,
    durationSeconds,
    renditions: [rendition],
  });
}

const NOT_COPIED = "the clip's frames could not be put into a fresh file; record it again";

/** The clip's video track, if it has one that the console can decode. */
async function findVideo(
  clip: Input,
): Promise<Result<{ track: InputVideoTrack; codec: string }, MediaRefusal>> {
  const track = await clip.getPrimaryVideoTrack();
  if (!track) {
    const what = (await clip.getPrimaryAudioTrack()) ? "holds sound only" : "holds no video";
    return refuse({
      code: "no_video",
      message: `the clip ${what}; record it again with the camera`,
    });
  }
  const kind = await track.getCodec();
  if (!kind || !TAKEN.has(kind)) {
    if (kind === "hevc") return unsupported(HEVC_REFUSED);
    const internal = await track.getInternalCodecId();
    const id = typeof internal === "string" ? internal : "";
    const name = CODEC_NAMES[kind ?? id] ?? printable(id);
    return unsupported(`the clip is coded in ${name}; ${INSTEAD}`);
  }
  const codec = await track.getCodecParameterString();
  return codec ? ok({ track, codec }) : damaged("clip", "doesn't say how its frames are coded");
}

const UNKNOWN = "an unknown codec";

/** Codec ids come from the file; only plain characters of them are repeated. */
function printable(id: string): string {
  return id.replace(/[^\w./-]/g, "").slice(0, 32) || UNKNOWN;
}

/** WebM stays WebM, unless it holds what Chrome records into it against its rules; all else is MP4. */
async function chooseOutput(track: InputVideoTrack, format: ClipFormat): Promise<OutputFormat> {
  const isTurned = (await track.getRotation()) !== 0 || (await track.getFlip());
  return format !== "webm" || (await track.getCodec()) === "avc" || isTurned ? "mp4" : "webm";
}

/** Copies the video and proves the copy: it is read back and must hold the same frames. */
async function copyVideo(
  from: {
    readonly clip: Input;
    readonly track: InputVideoTrack;
    readonly output: OutputFormat;
  } & Source,
  survey: Survey,
): Promise<Uint8Array | undefined> {
  const lastFrame = survey.lastFrameSeconds || survey.usualFrameSeconds;
  const needsEnd = from.format === "webm" && survey.lastFrameSeconds === 0;
  using source = needsEnd
    ? openClip(withLastBlockDuration(from.bytes, from.track.id, lastFrame), from.format)
    : undefined;
  const copy = await remux(source ?? from.clip, from.output, {
    lastFrameSeconds: lastFrame,
    ...(from.showsUntil === undefined ? {} : { showsUntil: from.showsUntil }),
  });
  if (!copy) return undefined;
  using check = openClip(copy, from.output);
  const copied = await check.getPrimaryVideoTrack();
  const reread = copied && (await surveyTrack(copied, FORMAT_NAMES[from.output], from.showsUntil));
  const isSame =
    reread?.ok === true &&
    reread.value.frames === survey.frames &&
    Math.abs(reread.value.durationSeconds - survey.durationSeconds) < 0.05;
  return isSame ? copy : undefined;
}
