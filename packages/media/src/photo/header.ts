/** What a photo's own structure says, read without decoding a pixel. */
export interface PhotoHeader {
  readonly width: number;
  readonly height: number;
  /** Progressive JPEGs and interlaced PNGs hold the whole picture coarsely first. */
  readonly coarseFirst: boolean;
}
