import type { OperationalLog } from "@secondlook/api/deps";
import { pino } from "pino";
import { describeCause } from "./describe-cause.ts";

/** The operational log on standard error: codes and ids only, never a field about a person. */
export function createOperationalLog(level: string): OperationalLog {
  const destination = pino.destination(2);
  // A closed terminal: there is nobody left to tell, and the server must still stop in order.
  destination.on("error", () => undefined);
  const logger = pino(
    {
      level,
      base: null,
      redact: { paths: ["*.authorization", "*.cookie", "*.token"], remove: true },
      // A database error's detail quotes row values; its code and message's first line do not.
      serializers: { cause: (cause: unknown) => describeCause(cause) },
    },
    destination,
  );
  return {
    info: (fields, message) => logger.info(fields, message),
    error: (fields, message, cause) => logger.error({ ...fields, cause }, message),
  };
}
