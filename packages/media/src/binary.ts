/** A reader over bytes that were sent by anybody: every read is checked against the length. */
export class Reader {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = bytes.byteLength;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Throws a RangeError past the end, as all reads here do; callers ask `has` where an end is expected. */
  u8(at: number): number {
    return this.#view.getUint8(at);
  }
  u16(at: number): number {
    return this.#view.getUint16(at);
  }
  u16le(at: number): number {
    return this.#view.getUint16(at, true);
  }
  u24le(at: number): number {
    return this.u16le(at) | (this.u8(at + 2) << 16);
  }
  u32(at: number): number {
    return this.#view.getUint32(at);
  }
  u32le(at: number): number {
    return this.#view.getUint32(at, true);
  }
  /** A 64-bit count; those past 2^53 come back inexact, which every length check refuses anyway. */
  u64(at: number): number {
    return Number(this.#view.getBigUint64(at));
  }
  /** Characters of one byte each, fewer where the file ends. */
  ascii(at: number, length: number): string {
    let text = "";
    const end = Math.min(this.length, at + length);
    for (let i = at; i < end; i += 1) text += String.fromCharCode(this.u8(i));
    return text;
  }
  has(at: number, length: number): boolean {
    return at >= 0 && at + length <= this.length;
  }
}
