import { newId } from "@secondlook/domain/ids";
import type { Context } from "./context.ts";
import type { Deps } from "./deps.ts";
import { createRecorder } from "./recorder.ts";
import { staffOf } from "./sessions.ts";

/** The context of one request: who sends it, its id, and its own recorder; `unseen` as in `staffOf`. */
export async function contextOf(
  deps: Deps,
  request: Request,
  options: { readonly unseen?: boolean } = {},
): Promise<Context> {
  const staff = await staffOf(deps, request, options);
  const requestId = newId("request", deps.random);
  const recorder = createRecorder(
    deps,
    staff === null
      ? { id: "usr_unknown", role: "none", request: requestId }
      : { id: staff.id, role: staff.role, session: staff.sessionId, request: requestId },
  );
  return { deps, staff, requestId, recorder, responseHeaders: new Headers() };
}
