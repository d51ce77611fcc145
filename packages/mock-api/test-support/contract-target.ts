import type { Database } from "@secondlook/db/database";
import type { Browser } from "@secondlook/testkit/api/browser";
import type { CaseBody } from "@secondlook/testkit/api/case-payload";

/** One database with the API over it, as the contract suite looks at it: from outside, by HTTP. */
export interface ContractTarget extends AsyncDisposable {
  readonly nobody: Browser;
  signIn(handle: string): Promise<Browser>;
  /** With the source's key, or another. */
  sendCase(
    body: CaseBody | string,
    files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    key?: string,
  ): Promise<Response>;
  /** Lets time go by, for the API and for the rules in the database. */
  pass(seconds: number): Promise<void>;
  /** Kinds of every event so far, in the order of the intake. */
  kinds(): Promise<readonly string[]>;
  /** Runs `work` while the application can't write the log. */
  withoutLog<T>(work: () => Promise<T>): Promise<T>;
  /** The application's log-in, and the log reader's. */
  readonly app: Database;
  readonly reader: Database;
}

/** What one of the two can't show, and why. Everything else holds on both. */
export const SKIPPED = {
  pglite: {
    "claims at the same moment never meet":
      "PGlite has one session, so two claims are never under way at once.",
    "an open transaction elsewhere holds no claim up":
      "PGlite has one session, so no other transaction can be open.",
  },
  postgres: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type TargetName = keyof typeof SKIPPED;
