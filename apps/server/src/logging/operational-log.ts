import type { OperationalLog } from "@secondlook/api/deps";
import { pino } from "pino";

/** The operational log on standard error: codes and ids only, never a field about a person. */
export function createOperationalLog(level: string): OperationalLog {
  const logger = pino(
    {
      level,
      base: null,
      redact: { paths: ["*.authorization", "*.cookie", "*.token"], remove: true },
      // A database error's detail quotes row values; its code and message's first line do not.
      serializers: { cause: describeCause },
    },
    pino.destination(2),
  );
  return {
    info: (fields, message) => logger.info(fields, message),
    error: (fields, message, cause) => logger.error({ ...fields, cause }, message),
  };
}

function describeCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  return {
    name: cause.name,
    code,
    // Drizzle's message holds the statement and its parameters: keep its first line's first words.
    message:
      cause.name === "DrizzleQueryError" ? "a statement failed" : cause.message.split("\n")[0],
    at: cause.stack
      ?.split("\n")
      .slice(1, 4)
      .map((line) => line.trim()),
    cause: cause.cause === undefined ? undefined : describeCause(cause.cause),
  };
}
