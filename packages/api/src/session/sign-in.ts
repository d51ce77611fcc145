import { type Account, createSession, findAccount, takeLink } from "@secondlook/db/staff/sign-in";
import { newId } from "@secondlook/domain/ids";
import type { Deps } from "../core/deps.ts";
import { createRecorder, type Recorder } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { SESSION_HOURS } from "../core/sessions.ts";

/** A session as it was started: the token goes to the browser and nowhere else. */
export interface StartedSession {
  readonly account: Account;
  readonly token: string;
  readonly expiresAt: Date;
}

/** Signs a demo account in. Throws Refusal `not_found` outside demo mode or for no such account. */
export async function signInDemo(deps: Deps, handle: string): Promise<StartedSession> {
  const account = deps.demo ? await findAccount(deps.db, handle) : undefined;
  if (account === undefined) {
    if (deps.demo) await recordFailure(deps, "unknown_account");
    throw new Refusal("not_found", "There is no such demo account; choose one of the list.");
  }
  return startSession(deps, account, "demo");
}

/** Signs in by a one-time link, which is used up. Throws Refusal `not_found` for one that isn't good. */
export async function signInByLink(deps: Deps, token: string): Promise<StartedSession> {
  const tokenHash = await deps.vault.keyedHash("token", token);
  const recorder = recorderOf(deps);
  let account: Account | undefined;
  try {
    account = await recorder.transaction(async (tx) => takeLink(tx, tokenHash));
  } finally {
    if (account === undefined) await recordFailure(deps, "bad_link");
  }
  if (account === undefined) {
    throw new Refusal(
      "not_found",
      "This link was used already or is too old; ask an administrator for a new one.",
    );
  }
  return startSession(deps, account, "link");
}

async function startSession(
  deps: Deps,
  account: Account,
  method: "demo" | "link",
): Promise<StartedSession> {
  const token = base64Url(deps.random(32));
  const sessionId = newId("session", deps.random);
  const tokenHash = await deps.vault.keyedHash("session", token);
  const recorder = createRecorder(deps, {
    id: account.id,
    role: account.role,
    session: sessionId,
    request: newId("request", deps.random),
  });
  await recorder.transaction(async (tx, record) => {
    await createSession(tx, {
      id: sessionId,
      staffId: account.id,
      tokenHash,
      hours: SESSION_HOURS,
    });
    await record({ kind: "session.start", outcome: "allowed", method });
  });
  return {
    account,
    token,
    expiresAt: new Date(deps.clock().getTime() + SESSION_HOURS * 3_600_000),
  };
}

async function recordFailure(deps: Deps, reason: string): Promise<void> {
  await recorderOf(deps).read([{ kind: "session.fail", outcome: "denied", reason }]);
}

function recorderOf(deps: Deps): Recorder {
  return createRecorder(deps, {
    id: "usr_unknown",
    role: "none",
    request: newId("request", deps.random),
  });
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
