import { useEffect, useRef } from "react";
import { useLocation, useNavigation } from "react-router";

/** After another screen was opened, the focus is on its heading: there reading goes on. */
export function useHeadingFocus(): void {
  const { pathname } = useLocation();
  const idle = useNavigation().state === "idle";
  const last = useRef(pathname);
  useEffect(() => {
    if (!idle || last.current === pathname) return;
    last.current = pathname;
    const main = document.getElementById("main");
    const heading = main?.querySelector("h1") ?? main;
    if (!(heading instanceof HTMLElement)) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, [pathname, idle]);
}
