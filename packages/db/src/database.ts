import { sql, type SQL } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { z } from "zod";
import { type Id, type IdKind, isId } from "@secondlook/domain/ids";

/** A connection or transaction of either driver: node-postgres on the server, PGlite in mock mode. */
export type Database = PgDatabase<PgQueryResultHKT>;

const resultSchema = z.object({ rows: z.array(z.unknown()) });

/**
 * Runs a statement and parses each row: raw rows differ between the drivers (bigint is a string or
 * a number, bytea a Buffer or a Uint8Array, instants strings or dates), so nothing is taken on trust.
 */
export async function rowsOf<T extends z.ZodType>(
  db: Database,
  row: T,
  statement: SQL,
): Promise<readonly z.output<T>[]> {
  const { rows } = resultSchema.parse(await db.execute(statement));
  return z.array(row).parse(rows);
}

/** The only row, or undefined where there is none. */
export async function rowOf<T extends z.ZodType>(
  db: Database,
  row: T,
  statement: SQL,
): Promise<z.output<T> | undefined> {
  return (await rowsOf(db, row, statement))[0];
}

/** Runs a statement whose rows nobody needs. */
export async function run(db: Database, statement: SQL): Promise<void> {
  await db.execute(statement);
}

/** A text array parameter; drivers differ in how they take JavaScript arrays. */
export function textArray(values: readonly string[]): SQL {
  return values.length === 0
    ? sql`'{}'::text[]`
    : sql`array[${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )}]::text[]`;
}

/** Column types as both drivers deliver them. */
export const column = {
  instant: z.union([z.date(), z.string()]).transform((value, context) => {
    const instant = new Date(value);
    if (Number.isNaN(instant.getTime())) {
      context.addIssue({ code: "custom", message: "not an instant" });
      return z.NEVER;
    }
    return instant;
  }),
  /** A bigint that is known to stay below 2^53. */
  count: z.union([z.number(), z.string(), z.bigint()]).transform((value, context) => {
    const count = Number(value);
    if (!Number.isSafeInteger(count)) {
      context.addIssue({ code: "custom", message: "not a safe integer" });
      return z.NEVER;
    }
    return count;
  }),
  bytes: z.instanceof(Uint8Array).transform((value) => new Uint8Array(value)),
  numeric: z.union([z.number(), z.string()]).transform(Number).pipe(z.number()),
} as const;

/** A column that holds an id of this kind. */
export function idColumn<K extends IdKind>(kind: K): z.ZodType<Id<K>> {
  return z.custom<Id<K>>((value) => typeof value === "string" && isId(kind, value), {
    error: `not an id of a ${kind}`,
  });
}
