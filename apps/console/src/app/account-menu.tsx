import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useId, useState } from "react";
import type { Account } from "../lib/contract.ts";
import { NoKeys } from "../lib/keyboard/no-keys.ts";
import classes from "./account-menu.module.css";
import { signOut } from "./sign-out.ts";
import { Parts, ShownText } from "../ui/shown-text.tsx";

/** Who one is, light or dark, and the way out. */
export function AccountMenu({ account }: { readonly account: Account }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("dark");
  const [leaving, setLeaving] = useState(false);
  const [open, setOpen] = useState(false);
  const panel = useId();
  return (
    <>
      <button type="button" className={classes.button} popoverTarget={panel}>
        <span className={classes.initials} data-initials={initialsOf(account.displayName)} />
        <bdi className={classes.name}>
          <Parts text={account.displayName} />
        </bdi>
      </button>
      {/* Escape closes the menu, and no key judges what lies below it. */}
      {open ? <NoKeys /> : null}
      <div
        id={panel}
        popover="auto"
        className={classes.panel}
        onToggle={({ newState }) => setOpen(newState === "open")}
      >
        <p className={classes.who}>
          <strong>
            <ShownText>{account.displayName}</ShownText>
          </strong>
          {account.handle} · {account.role}
        </p>
        <button
          type="button"
          className={classes.item}
          onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
        >
          {scheme === "dark" ? "Light screen" : "Dark screen"}
        </button>
        <button
          type="button"
          className={classes.item}
          disabled={leaving}
          onClick={() => {
            setLeaving(true);
            void signOut().finally(() => setLeaving(false));
          }}
        >
          Sign out
        </button>
      </div>
    </>
  );
}

function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}
