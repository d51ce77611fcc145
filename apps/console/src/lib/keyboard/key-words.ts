const SHORT: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "PgUp",
  PageDown: "PgDn",
  Escape: "Esc",
  Delete: "Del",
  Backspace: "⌫",
  "-": "−",
};

/** A key as it is shown: `Shift+n` reads “Shift n”, `ArrowLeft` “←”. */
export function keyWords(key: string): string {
  const shifted = key.startsWith("Shift+") && key.length > 6;
  const bare = shifted ? key.slice(6) : key;
  const words = SHORT[bare] ?? bare;
  return shifted ? `Shift ${words}` : words;
}
