/** Bytes that WebCrypto takes: never over shared memory, which another thread could change. */
export type OwnBytes = Uint8Array<ArrayBuffer>;

/** The same bytes as WebCrypto wants them typed; copied only when they lie in shared memory. */
export function ownBytes(bytes: Uint8Array): OwnBytes {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(bytes);
}

/** UTF-8 bytes of a text. */
export function utf8(text: string): OwnBytes {
  return new TextEncoder().encode(text);
}

/** Text from UTF-8 bytes; throws a TypeError on bytes that are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}
