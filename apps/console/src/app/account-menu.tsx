import { Menu, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import type { Account } from "../lib/contract.ts";
import { signOut } from "./sign-out.ts";
import classes from "./account-menu.module.css";

/** Who one is, light or dark, and the way out. */
export function AccountMenu({ account }: { readonly account: Account }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("dark");
  const [leaving, setLeaving] = useState(false);
  return (
    <Menu position="bottom-end" width={220} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <span className={classes.initials} data-initials={initialsOf(account.displayName)} />
          <span className={classes.name}>{account.displayName}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{account.displayName}</strong>
          <span>
            {account.handle} · {account.role}
          </span>
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}>
          {scheme === "dark" ? "Light screen" : "Dark screen"}
        </Menu.Item>
        <Menu.Item
          disabled={leaving}
          onClick={() => {
            setLeaving(true);
            void signOut().finally(() => setLeaving(false));
          }}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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
