export type EmbeddedPostgresErrorCode =
  | "already_in_use"
  | "binaries_missing"
  | "data_folder_not_writable"
  | "failed_to_start"
  | "no_account_to_run_as"
  | "other_version"
  | "wrong_owner";

/** Why the embedded Postgres can't be had. The message is one sentence to show to the operator. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "EmbeddedPostgresError";
    this.code = code;
  }
}
