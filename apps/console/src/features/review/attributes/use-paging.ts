import { type RefObject, useEffect, useState } from "react";
import { useKeys } from "../../../lib/keyboard/use-keys.ts";
import { useMyKeys } from "../my-keys.ts";

/** Page keys scroll the element wherever the focus is, while there is more of it than shows. */
export function usePaging(wrap: RefObject<HTMLElement | null>): void {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const element = wrap.current;
    if (element === null) return;
    const measure = () => setOverflows(element.scrollHeight > element.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [wrap]);
  const page = (by: number) => () => {
    const element = wrap.current;
    element?.scrollBy({ top: by * element.clientHeight * 0.8 });
  };
  useKeys(useMyKeys(), { details_up: page(-1), details_down: page(1) }, { off: !overflows });
}
