/** The start can't go on; the message is one sentence that says what to do. Exit code 1. */
export class StopError extends Error {
  override readonly name = "StopError";
}
