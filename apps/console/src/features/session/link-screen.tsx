import { Button } from "@mantine/core";
import { useState } from "react";
import { StateScreen } from "../../ui/state-screen.tsx";
import { sentenceOf } from "./sign-in-screen.tsx";
import { signInByLink } from "./sign-in-api.ts";

/**
 * Signs in by a one-time link. By a press and not at once, so that a mail program that looks ahead
 * does not use the link up.
 */
export function LinkScreen(props: {
  readonly token: string | null;
  readonly onSignedIn: () => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
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
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  }

  return (
    <StateScreen
      title="Sign in to Secondlook"
      actions={
        <Button loading={busy} onClick={() => void signIn(token)}>
          Sign in
        </Button>
      }
    >
      <p>The link works once. From then on this browser is signed in for at most 12 hours.</p>
      {problem === null ? null : <p role="alert">{problem}</p>}
    </StateScreen>
  );
}
