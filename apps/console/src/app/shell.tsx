import { useEffect } from "react";
import { NavLink, Outlet, useLocation, useNavigate, useMatches, useNavigation } from "react-router";
import { sessionEnded } from "../lib/session-ended.ts";
import { useStore } from "../lib/store.ts";
import { queryClient } from "../lib/trpc.ts";
import { ConnectionBanner } from "../ui/connection-banner.tsx";
import { HeaderSlotPlace } from "../ui/header-slot.tsx";
import { Logo } from "../ui/logo.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { useLive } from "./live.ts";
import { screensFor } from "./navigation.ts";
import classes from "./shell.module.css";
import { FILLS_WINDOW } from "./fills-window.ts";
import { UndoEverywhere } from "./undo-everywhere.tsx";
import { useHeadingFocus } from "./use-heading-focus.ts";
import { usePalette } from "./use-palette.tsx";
import { useSignedIn } from "./who.ts";

/** The frame around every screen of somebody who is signed in. */
export function Shell() {
  const { account, permissions } = useSignedIn();
  const navigation = useNavigation();
  const fills = useMatches().some((match) => match.handle === FILLS_WINDOW);
  useSignInWhenEnded();
  useHeadingFocus();
  useLive();
  const palette = usePalette();
  return (
    <div className={classes.shell} data-fills={fills}>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <header className={classes.header}>
        <div className={classes.brand}>
          <Logo size={18} />
          <span className={classes.name}>Secondlook</span>
        </div>
        <nav className={classes.nav} aria-label="Screens">
          {screensFor(permissions).map(({ to, words }) => (
            <NavLink key={to} to={to} className={classes.link ?? ""}>
              {words}
            </NavLink>
          ))}
        </nav>
        <HeaderSlotPlace className={classes.slot} />
        <AccountMenu account={account} />
      </header>
      <main id="main" className={classes.main} aria-busy={navigation.state === "loading"}>
        <ConnectionBanner />
        <Outlet />
        <UndoEverywhere accountId={account.id} />
      </main>
      {palette}
    </div>
  );
}

/** Once the session has ended, one signs in and comes back to where one was. */
function useSignInWhenEnded(): void {
  const ended = useStore(sessionEnded);
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (!ended) return;
    queryClient.clear();
    void navigate(`/sign-in?ended=1&back=${encodeURIComponent(pathname + search)}`);
  }, [ended, navigate, pathname, search]);
}
