import { z } from "zod";

/** Text up to this many characters that Postgres can compare with its own: it has no NUL. */
export function plainText(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => !text.includes("\0"));
}

/** Whether an ISO date or time has a year that Postgres knows: there was no year 0. */
export function isPostgresYear(iso: string): boolean {
  return !iso.startsWith("0000");
}
