import { useNavigate, useSearchParams } from "react-router";
import { LinkScreen } from "../../features/session/link-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { forgetWho } from "../who.ts";

export function Component() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  useTitle("Sign in");
  return (
    <main>
      <LinkScreen
        token={search.get("token")}
        onSignedIn={() => {
          forgetWho();
          void navigate("/", { replace: true });
        }}
      />
    </main>
  );
}
