import type { FaceBox } from "@secondlook/domain/evidence/face-box";
import type {
  MediaRefusal,
  PhotoMark,
  PreparedPhoto,
  PreparedRendition,
  RenditionName,
} from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import { decodePhoto, type PhotoFormat } from "./decode.ts";
import { faceCrop } from "./face-crop.ts";
import { crop, fitPixels, fitSide, fromRaster, meanLuma, type Raster } from "./raster.ts";

const SIDES = { face: 1024, screen: 1280, thumb: 160 } as const;
const DETAIL_PIXELS = 12_000_000;
/** Below these a reviewer can't judge the face, and is told so. */
const SMALLEST_FACE_SIDE = 80;
const DARKEST_FACE_LUMA = 40;

/** Fine detail in the face is judged, so its colour is kept at full resolution. */
const FACE = { quality: 90, chromaSubsampling: "4:4:4" } as const;
const WHOLE = { quality: 88, chromaSubsampling: "4:2:0" } as const;

/** The renditions a photo is looked at in; `original` is added by the caller, who holds the bytes. */
export async function preparePhoto(input: {
  readonly bytes: Uint8Array;
  readonly format: PhotoFormat;
  readonly faceBox?: FaceBox | undefined;
}): Promise<Result<PreparedPhoto, MediaRefusal>> {
  const decoded = await decodePhoto(input.bytes, input.format);
  if (!decoded.ok) return decoded;
  const { raster, orientation } = decoded.value;
  const area = input.faceBox && faceCrop(input.faceBox, orientation, raster);
  const marks: PhotoMark[] = [];

  const screen = await fitSide(raster, SIDES.screen);
  let face = screen;
  if (area) {
    face = await fitSide(await crop(raster, area), SIDES.face);
    if (Math.min(area.width, area.height) < SMALLEST_FACE_SIDE) marks.push("face_too_small");
  } else {
    marks.push(input.faceBox ? "face_outside_picture" : "no_face_box");
  }
  const thumb = await fitSide(face, SIDES.thumb);
  // Only a crop tells how dark the face is: a whole photo may be dark round a well-lit face.
  if (area && meanLuma(thumb) < DARKEST_FACE_LUMA) marks.push("face_too_dark");

  return ok({
    type: "photo",
    format: input.format,
    width: raster.width,
    height: raster.height,
    marks,
    renditions: [
      await encode("face", face, FACE),
      await encode("screen", screen, WHOLE),
      await encode("detail", await fitPixels(raster, DETAIL_PIXELS), WHOLE),
      await encode("thumb", thumb, WHOLE),
    ],
  });
}

async function encode(
  name: RenditionName,
  raster: Raster,
  settings: typeof FACE | typeof WHOLE,
): Promise<PreparedRendition> {
  const bytes = await fromRaster(raster)
    .jpeg({ ...settings, mozjpeg: false, progressive: false, optimiseCoding: false })
    .toBuffer();
  return { name, mediaType: "image/jpeg", bytes, width: raster.width, height: raster.height };
}
