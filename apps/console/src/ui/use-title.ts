import { useEffect } from "react";

/** Names the page in the browser's tab. */
export function useTitle(words: string): void {
  useEffect(() => {
    document.title = `${words} · Secondlook`;
  }, [words]);
}
