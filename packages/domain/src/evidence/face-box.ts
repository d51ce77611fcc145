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

/** A rectangle in a picture, as ratios of its width and height; it may run past the edge. */
export interface RatioBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the face lies in what is shown of a photo, upright. */
export interface FaceIn {
  /** In the crop round the face; the same as in the whole where there is no crop. */
  readonly face: RatioBox;
  /** In the whole picture, whatever its size. */
  readonly whole: RatioBox;
}
