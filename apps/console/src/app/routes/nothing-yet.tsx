import { StateScreen } from "../../ui/state-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { useSignedIn } from "../who.ts";

/** For roles that no screen of this version belongs to. */
export function Component() {
  const { account } = useSignedIn();
  useTitle("Start");
  return (
    <StateScreen title={`You are signed in, ${account.displayName}`}>
      <p>
        There is no screen for your role ({account.role}) in this version. What you do is done with
        the <code>secondlook</code> command on the server.
      </p>
    </StateScreen>
  );
}
