import { useEffect, useState } from "react";
import type { Binding } from "../../../lib/keyboard/bindings.ts";
import { captureKeys } from "../../../lib/keyboard/keyboard.ts";
import { keyWords } from "../../../lib/keyboard/key-words.ts";
import { choose, type Rebound, soundChoices, swap } from "../../../lib/keyboard/rebinding.ts";
import { preferences } from "../../../lib/preferences.ts";
import { useStore } from "../../../lib/store.ts";
import { REVIEW_KEYS, type ReviewCommand } from "../keys.ts";
import classes from "./dialogs.module.css";

interface Asked {
  readonly id: ReviewCommand;
  /** What was pressed and is another's, so that a second press of it swaps the two. */
  readonly clash: { readonly key: string; readonly words: string } | null;
}

/** Every key one by one: Tab or the arrows go to it, Enter asks for another, the next stroke is it. */
export function KeyChanger({ bindings }: { readonly bindings: readonly Binding<ReviewCommand>[] }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState("");
  const { keys } = useStore(preferences.store);

  useEffect(() => {
    if (asked === null) return;
    return captureKeys((key) => {
      const outcome = pressed(asked, key);
      setAsked(outcome.asked);
      setSaid(outcome.said);
    });
  }, [asked]);

  const changed = Object.keys(keys).length;
  return (
    <>
      <p className={classes.text}>
        <output>{said === "" ? "Choose a key to change it; then press the new one." : said}</output>{" "}
        {changed === 0 ? null : (
          <button
            type="button"
            className={classes.plain}
            onClick={() => {
              void preferences.change({ keys: {} });
              setSaid("Every key is as it was at first.");
            }}
          >
            Take back {changed === 1 ? "the change" : `all ${changed} changes`}
          </button>
        )}
      </p>
      <ul className={classes.changes}>
        {bindings.map((binding) => (
          <li key={binding.id}>
            <span>
              {binding.words}
              {binding.one === undefined ? "" : `: ${binding.one}`}
            </span>
            {binding.fixed === true ? (
              <kbd title="This key is the same for everybody">
                {keyWords(binding.keys[0] ?? "")}
              </kbd>
            ) : (
              <button
                type="button"
                className={classes.change}
                aria-pressed={asked?.id === binding.id}
                data-own={keys[binding.id] !== undefined}
                onClick={() => {
                  setAsked({ id: binding.id, clash: null });
                  setSaid(`Press the key for “${binding.words}”; Esc leaves it.`);
                }}
              >
                {asked?.id === binding.id ? "…" : keyWords(binding.keys[0] ?? "")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function pressed(asked: Asked, key: string): { asked: Asked | null; said: string } {
  if (key === "Escape") return { asked: null, said: "It stays as it was." };
  const now = soundChoices(REVIEW_KEYS, preferences.store.get().keys);
  const wanted = { id: asked.id, key };
  const result: Rebound =
    asked.clash?.key === key ? swap(REVIEW_KEYS, now, wanted) : choose(REVIEW_KEYS, now, wanted);
  if (result.ok) {
    void preferences.change({ keys: result.choices });
    return { asked: null, said: `${keyWords(key)} it is.` };
  }
  const { fault } = result;
  if (fault.kind === "taken_by_browser") {
    return { asked, said: `${keyWords(key)} can’t be chosen; press another key.` };
  }
  const words = fault.with.words;
  if (fault.with.fixed === true || asked.clash?.key === key) {
    return {
      asked: { ...asked, clash: null },
      said: `${keyWords(key)} is “${words}”; press another key.`,
    };
  }
  return {
    asked: { ...asked, clash: { key, words } },
    said: `${keyWords(key)} is “${words}”. Press it again to swap the two, another key, or Esc.`,
  };
}
