import type { Binding } from "./bindings.ts";
import { keyName } from "./key-name.ts";

/** What a key does; `let go` comes only to bindings that hold. */
export type KeyHandler = (event: "press" | "let go") => void;

export interface Layer {
  /** Asked at each key, since people change them while the layer is there. */
  readonly bindings: () => readonly Binding[];
  /** A binding without a handler is off for now. */
  readonly handlers: () => Partial<Record<string, KeyHandler>>;
  /** A dialog's layer: the ones below hear nothing. */
  readonly exclusive: boolean;
}

const layers: Layer[] = [];
let held: { readonly key: string; readonly handler: KeyHandler } | null = null;

let capturing: ((key: string) => void) | null = null;

/** Hands the keys that are pressed to `listener` instead of doing what they do, until it is ended. */
export function captureKeys(listener: (key: string) => void): () => void {
  capturing = listener;
  return () => {
    if (capturing === listener) capturing = null;
  };
}

/** What can be done now: each binding that would answer, with what it does. Holding ones are left out. */
export function commandsNow(): readonly { readonly binding: Binding; readonly run: () => void }[] {
  const commands: { binding: Binding; run: () => void }[] = [];
  for (const layer of layers.toReversed()) {
    const handlers = layer.handlers();
    for (const binding of layer.bindings()) {
      const handler = handlers[binding.id];
      if (handler === undefined || binding.hold === true) continue;
      if (commands.some((each) => each.binding.id === binding.id)) continue;
      commands.push({ binding, run: () => handler("press") });
    }
    if (layer.exclusive) break;
  }
  return commands;
}

/** Adds a layer of keys on top of the others. Returns what takes it away again. */
export function pushLayer(layer: Layer): () => void {
  layers.push(layer);
  return () => {
    const index = layers.indexOf(layer);
    if (index >= 0) layers.splice(index, 1);
  };
}

/** Listens to the whole window, once: the only place of the console that hears keys. */
export function listenToKeys(target: Window): void {
  target.addEventListener("keydown", onKeyDown);
  target.addEventListener("keyup", (event) => {
    if (held !== null && keyName(event) === held.key) letGo();
  });
  target.addEventListener("blur", letGo);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const key = keyName(event);
  if (key === null) return;
  if (capturing !== null) {
    event.preventDefault();
    if (!event.repeat) capturing(key);
    return;
  }
  if (isTyping(event.target)) {
    if (key === "Escape") {
      leave(event.target);
      // A dialog would close with it, and what was written would be gone.
      event.preventDefault();
    }
    return;
  }
  if (belongsToControl(event.target, key)) return;
  const found = find(key);
  if (found === null) {
    if (key === "Escape" && !layers.some((layer) => layer.exclusive)) leave(event.target);
    return;
  }
  event.preventDefault();
  if (event.repeat && found.binding.repeats !== true) return;
  if (found.binding.hold === true) {
    letGo();
    held = { key, handler: found.handler };
  }
  found.handler("press");
}

function find(key: string): { binding: Binding; handler: KeyHandler } | null {
  for (const layer of layers.toReversed()) {
    const handlers = layer.handlers();
    for (const binding of layer.bindings()) {
      const handler = handlers[binding.id];
      if (handler !== undefined && binding.keys.includes(key)) return { binding, handler };
    }
    if (layer.exclusive) return null;
  }
  return null;
}

/**
 * Takes the focus off a control, so that every key is the screen's again. In a dialog the button that
 * sends what was written takes it: there the next key would else be the one that closes.
 */
function leave(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement)) return;
  const sends = target.closest("dialog form")?.querySelector("button[type=submit]");
  if (sends instanceof HTMLElement && sends !== target) sends.focus();
  else target.blur();
}

function letGo(): void {
  const released = held;
  held = null;
  released?.handler("let go");
}

const KEYLESS_INPUTS = ["checkbox", "radio", "button", "submit", "reset", "range", "color", "file"];

/** Where letters are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return !KEYLESS_INPUTS.includes(target.type);
  return target instanceof HTMLElement && target.isContentEditable;
}

const SCROLLING = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];
const SLIDING = [...SCROLLING, "ArrowLeft", "ArrowRight"];

/** A focused control keeps the keys that work it: Enter and Space on a button must press it. */
function belongsToControl(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.dataset["scrolls"] !== undefined && SCROLLING.includes(key)) return true;
  // A slider is worked by arrows; Enter and Space are the screen's there, too.
  if (target instanceof HTMLInputElement && target.type === "range") return SLIDING.includes(key);
  if (key !== "Enter" && key !== "Space") return false;
  // On a choice Space chooses; Enter goes on as everywhere else on the screen.
  if (key === "Enter" && target.closest("[data-choices]") !== null) return false;
  return target.closest("button, a[href], input, summary, [role=option], [role=menuitem]") !== null;
}
