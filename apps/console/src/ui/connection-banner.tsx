import { useEffect } from "react";
import { connection, watchedFetch } from "../lib/connection.ts";
import { useStore } from "../lib/store.ts";
import { Banner } from "./banner.tsx";

/** How often a server that did not answer is asked whether it does again, in milliseconds. */
const ASK_AGAIN = 3000;

/** Shown while the server can't be reached; it goes by itself. */
export function ConnectionBanner() {
  const lost = useStore(connection) === "lost";
  useEffect(() => {
    if (!lost) return;
    // An answer of any kind says that the server is there; what it says is of no interest here.
    const ask = () => void watchedFetch("/healthz").catch(() => undefined);
    const timer = setInterval(ask, ASK_AGAIN);
    window.addEventListener("online", ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", ask);
    };
  }, [lost]);
  if (!lost) return null;
  return (
    <Banner tone="warn">
      <strong>The connection is lost.</strong> Nothing is lost with it: what you do is kept here and
      sent once the server answers. It is tried again by itself.
    </Banner>
  );
}
