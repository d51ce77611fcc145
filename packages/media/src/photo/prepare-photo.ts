import type { FaceBox } from "@secondlook/domain/evidence/face-box";
import type {
  MediaRefusal,
  PhotoMark,
  PreparedPhoto,
  PreparedRendition,
  RenditionName,
} from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import type { PhotoFormat } from "../formats.ts";
import { decodePhoto } from "./decode.ts";
import { type FaceCrop, faceCrop, faceInPicture } from "./face-crop.ts";
import { anywhereMarks, faceMarks } from "./face-marks.ts";
import { crop, fitPixels, fitSide, fromRaster, type Raster } from "./raster.ts";

const SIDES = { face: 1024, screen: 1280, thumb: 160 } as const;
const DETAIL_PIXELS = 12_000_000;
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
  const found = input.faceBox && faceCrop(input.faceBox, orientation, raster);
  // Two threads: the largest encoding runs beside everything else.
  const [detail, [face, screen, thumb, marks]] = await Promise.all([
    fitPixels(raster, DETAIL_PIXELS).then((whole) => encode("detail", whole, WHOLE)),
    smallOnes(raster, found, input.faceBox !== undefined),
  ]);
  return ok({
    type: "photo",
    format: input.format,
    width: raster.width,
    height: raster.height,
    marks,
    faceIn:
      input.faceBox && found ? faceInPicture(input.faceBox, orientation, raster, found.area) : null,
    renditions: [face, screen, detail, thumb],
  });
}

async function smallOnes(raster: Raster, found: FaceCrop | undefined, hasBox: boolean) {
  const whole = await fitSide(raster, SIDES.screen);
  const face = found ? await fitSide(await crop(raster, found.area), SIDES.face) : whole;
  const small = await fitSide(face, SIDES.thumb);
  const marks: readonly PhotoMark[] = found
    ? faceMarks(found, face, small)
    : [hasBox ? "face_outside_picture" : "no_face_box", ...anywhereMarks(raster, small)];
  return [
    await encode("face", face, FACE),
    await encode("screen", whole, WHOLE),
    await encode("thumb", small, WHOLE),
    marks,
  ] as const;
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
