import type { Binding } from "../../../lib/keyboard/bindings.ts";
import { useKeys } from "../../../lib/keyboard/use-keys.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { REVIEW_KEYS } from "../keys.ts";
import classes from "./dialogs.module.css";

const CLOSE: readonly Binding<"close">[] = [
  { id: "close", keys: ["?"], words: "Close", group: "Keys" },
];

interface KeyLine {
  readonly words: string;
  readonly keys: readonly string[];
}

/** Every key of the workbench. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  useKeys(CLOSE, { close: onClose }, { exclusive: true });
  const groups = [...new Set(REVIEW_KEYS.map((binding) => binding.group))];
  return (
    <Dialog onClose={onClose} title="Keys" size="large">
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={classes.keys}>
              {linesOf(group).map((line) => (
                <div key={line.words}>
                  <dt>
                    {shortened(line.keys).map((key) => (
                      <kbd key={key}>{key.replace("+", " ").trim() || "+"}</kbd>
                    ))}
                  </dt>
                  <dd>{line.words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.text}>
        In a text field the keys write; <kbd>Esc</kbd> goes back to them. Harmful steps ask for a
        second stroke.
      </p>
    </Dialog>
  );
}

/** One line for bindings that do the same kind of thing. */
function linesOf(group: string): KeyLine[] {
  const lines = new Map<string, string[]>();
  for (const binding of REVIEW_KEYS) {
    if (binding.group !== group) continue;
    lines.set(binding.words, [...(lines.get(binding.words) ?? []), ...binding.keys.slice(0, 1)]);
  }
  return Array.from(lines, ([words, keys]) => ({ words, keys }));
}

function shortened(keys: readonly string[]): string[] {
  const [first] = keys;
  const last = keys.at(-1);
  if (keys.length > 2 && first !== undefined && last !== undefined && /^\d$/.test(first)) {
    return [`${first} – ${last}`];
  }
  const arrows: Record<string, string> = {
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    ArrowDown: "↓",
    PageUp: "PgUp",
    PageDown: "PgDn",
    Escape: "Esc",
  };
  return keys.map((key) => key.replaceAll(/[A-Z][a-z]+[A-Za-z]*/g, (name) => arrows[name] ?? name));
}
