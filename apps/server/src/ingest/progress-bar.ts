const WIDTH = 28;

/** A bar on standard error where a person watches; silent in a pipe. */
export interface ProgressBar {
  show(done: number, what: string): void;
  /** Draws the last state, this many steps done, and leaves the line. */
  end(done: number): void;
}

/** Where a bar is drawn: standard error, or a test's. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar over this many steps. */
export function createProgressBar(total: number, terminal: Terminal = process.stderr): ProgressBar {
  if (terminal.isTTY !== true || total === 0) {
    return { show: () => undefined, end: () => undefined };
  }
  const draw = (done: number, what: string): void => {
    const filled = Math.round((done / total) * WIDTH);
    const bar = "█".repeat(filled) + "·".repeat(WIDTH - filled);
    terminal.write(`\r\u001b[2K[${bar}] ${done}/${total} ${what.slice(0, 40)}`);
  };
  return {
    show: draw,
    end(done) {
      draw(done, "");
      terminal.write("\n");
    },
  };
}
