import { connection } from "../lib/connection.ts";
import { useStore } from "../lib/store.ts";
import { Banner } from "./banner.tsx";

/** Shown while the server can't be reached; it goes by itself. */
export function ConnectionBanner() {
  if (useStore(connection) === "up") return null;
  return (
    <Banner tone="warn">
      <strong>The connection is lost.</strong> Nothing is lost with it: what you do is kept here and
      sent once the server answers. It is tried again by itself.
    </Banner>
  );
}
