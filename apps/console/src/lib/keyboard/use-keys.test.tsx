import { useState } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import type { Binding } from "./bindings.ts";
import { listenToKeys } from "./keyboard.ts";
import { useKeys } from "./use-keys.ts";

const KEYS: readonly Binding<"pick">[] = [{ id: "pick", keys: ["1"], words: "Pick", group: "" }];

test("a key means what is on screen, even before the browser has painted it", async () => {
  const picked: (string | undefined)[] = [];
  let arrive: (rows: readonly string[]) => void = () => undefined;
  function List() {
    const [rows, setRows] = useState<readonly string[]>([]);
    arrive = setRows;
    useKeys(KEYS, { pick: () => picked.push(rows[0]) });
    return rows.length === 0 ? <p>Loading</p> : rows;
  }
  const place = document.createElement("div");
  listenToKeys(window);
  const root = createRoot(place);
  await changeOf(place, () => root.render(<List />));
  await changeOf(place, () => arrive(["first"]));
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "1" }));
  root.unmount();
  expect(picked).toEqual(["first"]);
});

/** Ends as soon as `act` has changed the page, ahead of what React puts off until after the paint. */
async function changeOf(place: Node, act: () => void): Promise<void> {
  const changed = new Promise((resolve) => {
    new MutationObserver(resolve).observe(place, { childList: true, subtree: true });
  });
  act();
  await changed;
}
