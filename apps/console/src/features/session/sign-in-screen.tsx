import type { StaffRole } from "@secondlook/domain/access/roles";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../lib/problem.ts";
import { PlainHttpError } from "../../lib/plain-http.ts";
import { Logo } from "../../ui/logo.tsx";
import { type DemoAccount, demoAccounts, signInDemo } from "./sign-in-api.ts";
import classes from "./sign-in-screen.module.css";
import { ShownText } from "../../ui/shown-text.tsx";

const ROLES: Record<StaffRole, { words: string; does: string }> = {
  reviewer: { words: "Reviewer", does: "Claims, compares and decides cases" },
  senior: { words: "Senior reviewer", does: "Works as reviewers do" },
  lead: { words: "Lead", does: "Oversees the queue, adjudicates, opens case pages" },
  auditor: {
    words: "Auditor",
    does: "Reads and checks the log, opens case pages; sees no evidence",
  },
  privacy: { words: "Privacy officer", does: "Opens case pages and timelines; sees no evidence" },
  admin: { words: "Administrator", does: "Makes and revokes upstream’s keys; sees no evidence" },
};

/** Signing in: by a demo account, or by the link one was sent. */
export function SignInScreen(props: { readonly ended: boolean; readonly onSignedIn: () => void }) {
  const accounts = useQuery({ queryKey: ["demo-accounts"], queryFn: demoAccounts, retry: 2 });
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);

  async function signIn(handle: string): Promise<void> {
    setBusy(handle);
    setProblem(null);
    try {
      await signInDemo(handle);
      props.onSignedIn();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(null);
    }
  }

  return (
    <main className={classes.screen}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <Logo size={30} />
          <h1>Secondlook</h1>
        </div>
        {props.ended ? (
          <p className={classes.note}>
            Your session ended. What you wrote is kept; sign in to go on where you were.
          </p>
        ) : null}
        {problem === null ? null : (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        {accounts.isPending ? <p className={classes.dim}>One moment …</p> : null}
        {accounts.isError ? (
          <p className={classes.problem} role="alert">
            The server can’t be reached. Check that it runs, then reload this page.
          </p>
        ) : null}
        {accounts.data === null ? (
          <p className={classes.lead}>
            Open the sign-in link that you were given. It works once; if it no longer does, ask an
            administrator for another.
          </p>
        ) : null}
        {accounts.data === null || accounts.data === undefined ? null : (
          <>
            <p className={classes.lead}>
              This is a demo with drawn people. Choose who you want to be.
            </p>
            <Accounts accounts={accounts.data} busy={busy} onChoose={signIn} />
          </>
        )}
      </div>
    </main>
  );
}

function Accounts(props: {
  readonly accounts: readonly DemoAccount[];
  readonly busy: string | null;
  readonly onChoose: (handle: string) => Promise<void>;
}) {
  const roles = Object.entries(ROLES).map(([role, words]) => ({
    ...words,
    accounts: props.accounts.filter((account) => account.role === role),
  }));
  return (
    <ul className={classes.roles}>
      {roles
        .filter((role) => role.accounts.length > 0)
        .map((role) => (
          <li key={role.words} className={classes.role}>
            <div>
              <h2>{role.words}</h2>
              <p>{role.does}</p>
            </div>
            <div className={classes.accounts}>
              {role.accounts.map((account) => (
                <button
                  key={account.handle}
                  type="button"
                  className={classes.account}
                  disabled={props.busy !== null}
                  aria-busy={props.busy === account.handle}
                  onClick={() => void props.onChoose(account.handle)}
                >
                  <span>
                    <ShownText>{account.displayName}</ShownText>
                  </span>
                  <span className={classes.handle}>{account.handle}</span>
                </button>
              ))}
            </div>
          </li>
        ))}
    </ul>
  );
}

/** What to say when signing in did not work. */
export function sentenceOf(error: unknown): string {
  return error instanceof PlainHttpError ? error.message : problemOf(error).message;
}
