import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useId, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { commandsNow } from "../lib/keyboard/keyboard.ts";
import { keyWords } from "../lib/keyboard/key-words.ts";
import { useKeys } from "../lib/keyboard/use-keys.ts";
import { Dialog } from "../ui/dialog.tsx";
import { screensFor } from "./navigation.ts";
import classes from "./palette.module.css";
import { signOut } from "./sign-out.ts";
import { useSignedIn } from "./who.ts";

interface Entry {
  readonly id: string;
  readonly words: string;
  /** Other words to find it by. */
  readonly also: string;
  readonly key: string | null;
  readonly run: () => void;
}

/** Everything that can be done now, found by its words. Arrows and Enter choose. */
export function Palette(props: {
  /** What the keys could do when it was opened. */
  readonly commands: ReturnType<typeof commandsNow>;
  readonly onClose: () => void;
}) {
  const entries = useEntries(props.commands);
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  useKeys([], {}, { exclusive: true });
  const found = entries.filter((entry) => fits(`${entry.words} ${entry.also}`, wanted));
  const current = found[Math.min(at, found.length - 1)];

  function run(entry: Entry | undefined): void {
    if (entry === undefined) return;
    props.onClose();
    // Once the dialog has given the focus back and its keys are gone.
    setTimeout(entry.run);
  }

  function move(by: number): void {
    if (found.length === 0) return;
    const next = (Math.min(at, found.length - 1) + by + found.length) % found.length;
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  }

  return (
    <Dialog onClose={props.onClose} title="What would you like to do?" size="small">
      <input
        className={classes.input}
        data-autofocus
        type="text"
        role="combobox"
        aria-label="Find an action"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : `${listId}-${current.id}`}
        autoComplete="off"
        spellCheck={false}
        placeholder="zoom, pause, audit …"
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter" && !event.nativeEvent.isComposing) run(current);
          else if (event.key === "Escape") props.onClose();
          else return;
          event.preventDefault();
        }}
      />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a datalist can't be laid out */}
      <div ref={list} id={listId} className={classes.list} role="listbox" aria-label="Actions">
        {found.map((entry) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input above has the keys
          <div
            key={entry.id}
            id={`${listId}-${entry.id}`}
            className={classes.entry}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option belongs to a select
            role="option"
            tabIndex={-1}
            aria-selected={entry === current}
            onClick={() => run(entry)}
          >
            <span>{entry.words}</span>
            {entry.key === null ? null : <kbd>{entry.key}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className={classes.none}>Nothing is called that.</p> : null}
    </Dialog>
  );
}

/** Whether every word that was typed begins a word of the entry. */
function fits(words: string, wanted: string): boolean {
  const own = words.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word === "" || own.some((each) => each.startsWith(word)));
}

function useEntries(commands: ReturnType<typeof commandsNow>): readonly Entry[] {
  const navigate = useNavigate();
  const { permissions } = useSignedIn();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("dark") === "dark";
  return useMemo(() => {
    const entry = (id: string, words: string, run: () => void, also = ""): Entry => ({
      id,
      words,
      also,
      key: null,
      run,
    });
    return [
      ...commands
        .filter(({ binding }) => binding.id !== "palette")
        .map(({ binding, run }) => ({
          id: binding.id,
          words: binding.one === undefined ? binding.words : `${binding.words}: ${binding.one}`,
          also: binding.also ?? "",
          key: keyWords(binding.keys[0] ?? ""),
          run,
        })),
      ...screensFor(permissions).map(({ to, words }) =>
        entry(to.slice(1), `Go to ${words}`, () => void navigate(to)),
      ),
      entry(
        "scheme",
        dark ? "Light screen" : "Dark screen",
        () => setColorScheme(dark ? "light" : "dark"),
        "theme dark light mode",
      ),
      entry("sign_out", "Sign out", () => void signOut()),
    ];
  }, [commands, navigate, permissions, setColorScheme, dark]);
}
