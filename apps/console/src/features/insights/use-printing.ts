import { useEffect } from "react";

const SCHEME = "data-mantine-color-scheme";

/**
 * Lets this page be printed, which no page with evidence may, and prints it dark on light whatever
 * the screen shows.
 */
export function usePrinting(): void {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | null = null;
    const toPaper = (): void => {
      before = root.getAttribute(SCHEME);
      root.setAttribute(SCHEME, "light");
    };
    const toScreen = (): void => {
      if (before !== null) root.setAttribute(SCHEME, before);
    };
    root.setAttribute("data-prints", "");
    window.addEventListener("beforeprint", toPaper);
    window.addEventListener("afterprint", toScreen);
    return () => {
      root.removeAttribute("data-prints");
      window.removeEventListener("beforeprint", toPaper);
      window.removeEventListener("afterprint", toScreen);
    };
  }, []);
}
