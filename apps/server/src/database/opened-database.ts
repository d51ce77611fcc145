import type pg from "pg";
import type { LoginRole } from "./logins.ts";

/** The opened database: how to log in as each role, and how to end it. */
export interface OpenDatabase {
  /** In words, for the start's line. */
  readonly description: string;
  /** Connection of a role; the owner migrates and does maintenance, requests never use it. */
  connection(role: LoginRole | "owner"): pg.ClientConfig;
  /** Resolves when an embedded Postgres has ended by itself, with its last words. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}
