import { useNavigate, useSearchParams } from "react-router";
import { safePath } from "../../features/session/safe-path.ts";
import { SignInScreen } from "../../features/session/sign-in-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { forgetWho } from "../who.ts";

export function Component() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  useTitle("Sign in");
  return (
    <SignInScreen
      ended={search.has("ended")}
      onSignedIn={() => {
        forgetWho();
        void navigate(safePath(search.get("back")), { replace: true });
      }}
    />
  );
}
