/**
 * Where the face is, as ratios of the picture's width and height.
 *
 * `space` says whether the ratios are of the picture as stored or as it looks upright: some
 * providers give boxes before the EXIF turn, some after. A box may run past the picture's edge.
 */
export interface FaceBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly space: "stored" | "upright";
}
