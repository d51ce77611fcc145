import { Button } from "@mantine/core";
import { useState } from "react";
import { PlainHttpError } from "../../lib/plain-http.ts";
import { StateScreen } from "../../ui/state-screen.tsx";
import { sentenceOf } from "./sign-in-screen.tsx";
import { signInByLink } from "./sign-in-api.ts";

/** Answers after which the same link can't sign anybody in. */
const FINAL: readonly number[] = [400, 401, 403, 404, 409, 410];

/**
 * Signs in by a one-time link. By a press and not at once, so that a mail program that looks ahead
 * does not use the link up.
 */
export function LinkScreen(props: {
  readonly token: string | null;
  readonly onSignedIn: () => void;
}) {
  const [problem, setProblem] = useState<{ words: string; final: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const { token } = props;

  if (token === null || token === "") {
    return (
      <StateScreen title="This link is not whole">
        <p>A part of it is missing. Open it again from where you got it, or ask for another.</p>
      </StateScreen>
    );
  }

  async function signIn(whole: string): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await signInByLink(whole);
      props.onSignedIn();
    } catch (error) {
      // A link that was refused stays refused; only an answer that never came is worth another try.
      const final = error instanceof PlainHttpError && FINAL.includes(error.status);
      setProblem({ words: sentenceOf(error), final });
      setBusy(false);
    }
  }

  return (
    <StateScreen
      title="Sign in to Secondlook"
      actions={
        problem?.final === true ? undefined : (
          <Button loading={busy} onClick={() => void signIn(token)}>
            Sign in
          </Button>
        )
      }
    >
      <p>The link works once. From then on this browser is signed in for at most 12 hours.</p>
      {problem === null ? null : <p role="alert">{problem.words}</p>}
    </StateScreen>
  );
}
