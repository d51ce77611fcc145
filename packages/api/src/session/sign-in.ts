import type { Database } from "@secondlook/db/database";
import {
  type Account,
  createSession,
  findAccount,
  findLinkAccount,
  takeLink,
} from "@secondlook/db/staff/sign-in";
import { newId } from "@secondlook/domain/ids";
import type { Deps } from "../core/deps.ts";
import { createRecorder } from "../core/recorder.ts";
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
  return startSession(deps, account);
}

/**
 * Signs in by a one-time link. It is used up with the session that it starts, or not at all. Throws
 * Refusal `not_found` for one that isn't good.
 */
export async function signInByLink(deps: Deps, token: string): Promise<StartedSession> {
  const tokenHash = await deps.vault.keyedHash("token", token);
  const account = await findLinkAccount(deps.db, tokenHash);
  try {
    if (account === undefined) throw badLink();
    return await startSession(deps, account, async (tx) => {
      // Another window may have used it since it was looked up.
      if (!(await takeLink(tx, tokenHash))) throw badLink();
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") {
      await recordFailure(deps, "bad_link");
    }
    throw error;
  }
}

async function startSession(
  deps: Deps,
  account: Account,
  takeLinkOf?: (tx: Database) => Promise<void>,
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
    await takeLinkOf?.(tx);
    await createSession(tx, {
      id: sessionId,
      staffId: account.id,
      tokenHash,
      hours: SESSION_HOURS,
    });
    await record({
      kind: "session.start",
      outcome: "allowed",
      method: takeLinkOf === undefined ? "demo" : "link",
    });
  });
  return {
    account,
    token,
    expiresAt: new Date(deps.clock().getTime() + SESSION_HOURS * 3_600_000),
  };
}

function badLink(): Refusal {
  return new Refusal(
    "not_found",
    "This link was used already or is too old; ask an administrator for a new one.",
  );
}

async function recordFailure(deps: Deps, reason: string): Promise<void> {
  const recorder = createRecorder(deps, {
    id: "usr_unknown",
    role: "none",
    request: newId("request", deps.random),
  });
  const failed = { kind: "session.fail", outcome: "denied" } as const;
  await deps.denials.note({
    // Nobody is signed in, so all who fail share one minute's room.
    key: "session.fail",
    recorder,
    now: deps.clock(),
    body: { ...failed, reason },
    many: (count) => ({ ...failed, reason: "flood", count }),
  });
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
