import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { MadeKey } from "./new-key-form.tsx";
import classes from "./keys-screen.module.css";

/** The key that was made, for as long as its maker looks at it. */
export function ShownKey(props: { readonly made: MadeKey; readonly onDone: () => void }) {
  const { made } = props;
  const box = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState<"yes" | "no" | null>(null);
  useEffect(() => box.current?.focus(), []);
  const copy = async () => {
    try {
      // Browsers have a clipboard only for pages that came over TLS or from this machine.
      await navigator.clipboard.writeText(made.key);
      setCopied("yes");
    } catch {
      setCopied("no");
    }
  };
  return (
    <section ref={box} className={classes.shown} tabIndex={-1} aria-labelledby="shown-key-title">
      <h2 id="shown-key-title">
        The new key of <bdi>{made.source}</bdi>
      </h2>
      <p>Keep it now, where {made.source} finds it. It is not shown again.</p>
      <code>{made.key}</code>
      <div className={classes.actions}>
        <Button size="xs" onClick={() => void copy()}>
          Copy it
        </Button>
        <Button size="xs" variant="default" onClick={props.onDone}>
          I have kept it
        </Button>
        <output>
          {copied === "yes" ? "Copied." : null}
          {copied === "no" ? "It can't be copied from here; select it instead." : null}
        </output>
      </div>
    </section>
  );
}
