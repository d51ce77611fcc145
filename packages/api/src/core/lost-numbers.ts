import type { Deps } from "./deps.ts";

/**
 * Records that numbers were given out whose events are not in the log, so that an auditor does not
 * take them for deleted ones. What can't be recorded now is kept for the next time.
 */
export async function recordLost(deps: Pick<Deps, "emitter" | "appender" | "log">): Promise<void> {
  for (let lost = deps.emitter.stampVoid(); lost; lost = deps.emitter.stampVoid()) {
    const { leaf, n, voided } = lost;
    try {
      await deps.appender.append([leaf]);
    } catch (cause) {
      deps.emitter.lose([...voided, n]);
      deps.log.error({ events: voided.length }, "could not record that events were lost", cause);
      return;
    }
  }
}
