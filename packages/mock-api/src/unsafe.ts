import type { InputOf, OutputOf, ProcedurePath } from "./procedures.ts";

/**
 * The two places where a type is taken on trust: what the API itself has just checked by the schema
 * that the type comes from.
 */
export function trustOutput<P extends ProcedurePath>(_path: P, data: unknown): OutputOf<P> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the procedure's output schema made it
  return data as OutputOf<P>;
}

/** The input as the console's typed client sent it; an override looks at it and does not rely on it. */
export function trustInput<P extends ProcedurePath>(_path: P, input: unknown): InputOf<P> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the console's client is typed by the same router
  return input as InputOf<P>;
}
