import { KeysScreen } from "../../features/ingest-keys/keys-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { RequireRight } from "../require-right.tsx";

export function Component() {
  useTitle("Ingest keys");
  return (
    <RequireRight right="keys.manage">
      <KeysScreen />
    </RequireRight>
  );
}
