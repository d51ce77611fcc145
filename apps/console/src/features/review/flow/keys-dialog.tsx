import { lazy, Suspense, useMemo, useState } from "react";
import type { Binding } from "../../../lib/keyboard/bindings.ts";
import { keyRun } from "../../../lib/keyboard/key-run.ts";
import { useKeys } from "../../../lib/keyboard/use-keys.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import type { ReviewCommand } from "../keys.ts";
import { useMyKeys } from "../my-keys.ts";
import classes from "./dialogs.module.css";

const KeyChanger = lazy(async () => ({
  default: (await import("./key-changer.tsx")).KeyChanger,
}));

/** The key that opened the dialog closes it; the other one gives way to it. */
function ownKeys(opens: string): readonly Binding<"close" | "change">[] {
  return [
    { id: "close", keys: [opens], words: "Close", group: "Keys" },
    { id: "change", keys: [opens === "c" ? "e" : "c"], words: "Change keys", group: "Keys" },
  ];
}

/** Every key of the workbench, the reviewer's own in place of ours, and the way to change them. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const [changing, setChanging] = useState(false);
  const bindings = useMyKeys();
  const opens = bindings.find(({ id }) => id === "keys")?.keys[0] ?? "?";
  const own = useMemo(() => ownKeys(opens), [opens]);
  useKeys(own, { close: onClose, change: () => setChanging((now) => !now) }, { exclusive: true });
  return (
    <Dialog onClose={onClose} title={changing ? "Change keys" : "Keys"} size="widest">
      {changing ? (
        <Suspense fallback={null}>
          <KeyChanger bindings={bindings} />
        </Suspense>
      ) : (
        <KeyList bindings={bindings} />
      )}
      <p className={classes.text}>
        {changing
          ? "Your keys go with you from desk to desk. "
          : "In a text field the keys write; Esc goes back to them. Harmful steps ask for a second stroke. "}
        <button type="button" className={classes.plain} onClick={() => setChanging(!changing)}>
          {changing ? "Back to the list" : "Change keys"} <kbd>{opens === "c" ? "e" : "c"}</kbd>
        </button>
      </p>
    </Dialog>
  );
}

function KeyList({ bindings }: { readonly bindings: readonly Binding<ReviewCommand>[] }) {
  const groups = [...new Set(bindings.map((binding) => binding.group))];
  return (
    <div className={classes.groups}>
      {groups.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl className={classes.keys}>
            {linesOf(bindings, group).map(({ words, keys }) => (
              <div key={words}>
                <dt>
                  {keyRun(keys).map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

interface KeyLine {
  readonly words: string;
  readonly keys: readonly string[];
}

/** One line for bindings that do the same kind of thing. */
function linesOf(bindings: readonly Binding[], group: string): KeyLine[] {
  const lines = new Map<string, string[]>();
  for (const binding of bindings) {
    if (binding.group !== group) continue;
    lines.set(binding.words, [...(lines.get(binding.words) ?? []), ...binding.keys.slice(0, 1)]);
  }
  return Array.from(lines, ([words, keys]) => ({ words, keys }));
}
