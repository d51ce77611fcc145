/** One HEVC still as HEIF stores it: its decoder configuration and its length-prefixed NAL units. */
export interface HevcPicture {
  readonly width: number;
  readonly height: number;
  readonly hvcC: Uint8Array;
  readonly data: Uint8Array;
}

const CTB = 16;

/**
 * Codes a picture in HEVC (ITU-T H.265), so that tests can make HEIC files of their own: neither
 * Node nor any package of ours has an encoder. Every coding block is sent as PCM, that is as bare
 * samples, which needs no transform and only three kinds of entropy-coded bins.
 *
 * `pixels` are RGB, 8 bits; sides are padded to multiples of 16 by the last pixel and cropped again
 * by the conformance window, so they must be even.
 */
export function hevcPicture(pixels: Uint8Array, width: number, height: number): HevcPicture {
  const profile = [1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93];
  const vps = nal(32, (b) => {
    b.put(0, 4).put(3, 2).put(0, 6).put(0, 3).put(1, 1).put(0xffff, 16).bytes(profile);
    b.put(0, 1).ue(0).ue(0).ue(0).put(0, 6).ue(0).put(0, 1).put(0, 1);
  });
  const [columns, rows] = [Math.ceil(width / CTB), Math.ceil(height / CTB)];
  const sps = nal(33, (b) => {
    b.put(0, 4).put(0, 3).put(1, 1).bytes(profile);
    b.ue(0)
      .ue(1)
      .ue(columns * CTB)
      .ue(rows * CTB);
    b.put(1, 1)
      .ue(0)
      .ue((columns * CTB - width) / 2)
      .ue(0)
      .ue((rows * CTB - height) / 2);
    b.ue(0).ue(0).ue(4).put(0, 1).ue(0).ue(0).ue(0);
    // Smallest coding block 16, and no other; transforms from 4 to 16.
    b.ue(1).ue(0).ue(0).ue(2).ue(0).ue(0).put(0, 3);
    // PCM: 8 bits, blocks of 16, left alone by the loop filter.
    b.put(1, 1).put(7, 4).put(7, 4).ue(1).ue(0).put(1, 1);
    b.ue(0).put(0, 5);
  });
  const pps = nal(34, (b) => {
    b.ue(0).ue(0).put(0, 7).ue(0).ue(0).se(0).put(0, 3).se(0).se(0).put(0, 6).put(0, 1);
    b.put(0, 3).ue(0).put(0, 2);
  });
  const slice = nal(19, (b) => {
    b.put(1, 1).put(0, 1).ue(0).ue(2).se(0).align();
    codeBlocks(b, ycbcrBlocks(pixels, width, height));
  });
  return { width, height, hvcC: configuration([vps, sps, pps], profile), data: prefixed(slice) };
}

/** Bins of slice data: per block `part_mode` (always 2Nx2N), `pcm_flag`, samples, `end_of_slice`. */
function codeBlocks(b: Bits, blocks: readonly Uint8Array[]): void {
  let state = 0;
  let cabac = new Cabac(b);
  for (const [i, block] of blocks.entries()) {
    cabac.mostProbable(state);
    state = Math.min(62, state + 1);
    cabac.terminate(true);
    b.bytes(block);
    cabac = new Cabac(b);
    cabac.terminate(i === blocks.length - 1);
  }
}

/** The arithmetic encoder of clause 9.3.4.6, with only what the picture above needs. */
class Cabac {
  readonly #b: Bits;
  #low = 0;
  #range = 510;
  #first = true;
  #outstanding = 0;

  constructor(b: Bits) {
    this.#b = b;
  }

  /** A context-coded bin that has its more probable value, 1 throughout here. */
  mostProbable(state: number): void {
    // Blocks begin with a range of 508 or 510: always the table's last column.
    this.#range -= RANGE_LPS[state] ?? 6;
    this.#renormalise();
  }

  /** `pcm_flag` or `end_of_slice_segment_flag`; true ends the coder and aligns to a byte. */
  terminate(ends: boolean): void {
    this.#range -= 2;
    if (!ends) return this.#renormalise();
    this.#low += this.#range;
    this.#range = 2;
    this.#renormalise();
    this.#put((this.#low >> 9) & 1);
    this.#b.put(((this.#low >> 7) & 3) | 1, 2).align(false);
  }

  #renormalise(): void {
    while (this.#range < 256) {
      if (this.#low < 256) this.#put(0);
      else if (this.#low >= 512) {
        this.#low -= 512;
        this.#put(1);
      } else {
        this.#low -= 256;
        this.#outstanding += 1;
      }
      this.#range <<= 1;
      this.#low <<= 1;
    }
  }

  #put(bit: number): void {
    if (this.#first) this.#first = false;
    else this.#b.put(bit, 1);
    for (; this.#outstanding > 0; this.#outstanding -= 1) this.#b.put(1 - bit, 1);
  }
}

/** Table 9-52's last column: the range of the less probable value, by state. */
const RANGE_LPS = [
  240, 227, 216, 205, 195, 185, 175, 166, 158, 150, 142, 135, 128, 122, 116, 110, 104, 99, 94, 89,
  85, 80, 76, 72, 69, 65, 62, 59, 56, 53, 50, 48, 45, 43, 41, 39, 37, 35, 33, 31, 30, 28, 27, 25,
  24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 14, 13, 12, 12, 11, 11, 10, 9,
];

/** Rec. 601, full range, 4:2:0 by the mean of four: the samples of each block, Y, Cb and Cr. */
function ycbcrBlocks(pixels: Uint8Array, width: number, height: number): Uint8Array[] {
  const at = (x: number, y: number, c: number): number =>
    pixels[(Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 3 + c] ?? 0;
  const mix = (x: number, y: number, [r, g, b, offset]: readonly number[]): number =>
    (r ?? 0) * at(x, y, 0) + (g ?? 0) * at(x, y, 1) + (b ?? 0) * at(x, y, 2) + (offset ?? 0);
  const blocks: Uint8Array[] = [];
  for (let top = 0; top < height; top += CTB)
    for (let left = 0; left < width; left += CTB) {
      const block: number[] = [];
      for (let i = 0; i < CTB * CTB; i += 1)
        block.push(mix(left + (i % CTB), top + Math.floor(i / CTB), [0.299, 0.587, 0.114]));
      for (const weights of [
        [-0.1687, -0.3313, 0.5, 128],
        [0.5, -0.4187, -0.0813, 128],
      ])
        for (let i = 0; i < (CTB * CTB) / 4; i += 1) {
          const [x, y] = [left + (i % 8) * 2, top + Math.floor(i / 8) * 2];
          const sum =
            mix(x, y, weights) +
            mix(x + 1, y, weights) +
            mix(x, y + 1, weights) +
            mix(x + 1, y + 1, weights);
          block.push(sum / 4);
        }
      blocks.push(Uint8Array.from(block, (v) => Math.max(0, Math.min(255, Math.round(v)))));
    }
  return blocks;
}

/** An HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, 8.3.3.1) for 8-bit 4:2:0. */
function configuration(sets: readonly Uint8Array[], profile: readonly number[]): Uint8Array {
  const head = [1, ...profile, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, sets.length];
  return Buffer.concat([
    Uint8Array.from(head),
    ...sets.flatMap((set) => [
      Uint8Array.of(0x80 | ((set[0] ?? 0) >> 1), 0, 1, set.length >> 8, set.length & 255),
      set,
    ]),
  ]);
}

function prefixed(unit: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(unit.length);
  return Buffer.concat([length, unit]);
}

/** A NAL unit: header, payload, stop bit, with emulation prevention (7.3.1.1). */
function nal(type: number, write: (b: Bits) => void): Uint8Array {
  const b = new Bits();
  write(b);
  // Slice data carries its stop bit in the coder's last bits.
  if (type >= 32) b.align();
  const out = [type << 1, 1];
  let zeros = 0;
  for (const byte of b.done) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(out);
}

class Bits {
  readonly done: number[] = [];
  #partial = 0;
  #count = 0;

  put(value: number, bits: number): this {
    for (let i = bits - 1; i >= 0; i -= 1) {
      this.#partial = (this.#partial << 1) | ((value >> i) & 1);
      this.#count += 1;
      if (this.#count === 8) this.#flush();
    }
    return this;
  }
  ue(value: number): this {
    const length = 32 - Math.clz32(value + 1);
    return this.put(0, length - 1).put(value + 1, length);
  }
  se(value: number): this {
    return this.ue(value > 0 ? 2 * value - 1 : -2 * value);
  }
  bytes(values: Iterable<number>): this {
    for (const value of values) this.put(value, 8);
    return this;
  }
  /** A stop bit, unless the coder wrote it already, and zeros up to the next byte. */
  align(stop = true): this {
    if (stop) this.put(1, 1);
    while (this.#count > 0) this.put(0, 1);
    return this;
  }
  #flush(): void {
    this.done.push(this.#partial);
    this.#partial = 0;
    this.#count = 0;
  }
}
