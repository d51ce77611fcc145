/** Why the sequencer signs nothing. The message is a sentence for the operator. */
export class SequencerError extends Error {
  override readonly name = "SequencerError";
  readonly code: SequencerErrorCode;

  constructor(code: SequencerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * `behind`: the database lacks events that were signed before. `other_root`: it holds other events
 * than those that were signed. `bad_published`: the kept checkpoint can't be read. `wrong_key`: the
 * key is another log's.
 */
export type SequencerErrorCode = "behind" | "other_root" | "bad_published" | "wrong_key";
