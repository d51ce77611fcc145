/** What is needed of a keyboard event to name its key. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
}

/**
 * The name of a key as bindings write it: `a`, `Shift+a`, `Enter`, `Shift+Enter`, `?`, `+`, `Space`.
 *
 * Letters and named keys carry Shift; signs don't, because where a sign stands differs by keyboard.
 *
 * @returns null for combinations that belong to the browser and while a word is being composed.
 */
export function keyName(press: KeyPress): string | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null;
  const { key } = press;
  if (key === " ") return press.shiftKey ? "Shift+Space" : "Space";
  const isLetter = [...key].length === 1 && key.toLowerCase() !== key.toUpperCase();
  if (isLetter) return press.shiftKey ? `Shift+${key.toLowerCase()}` : key.toLowerCase();
  if (key.length > 1) return press.shiftKey ? `Shift+${key}` : key;
  return key;
}
