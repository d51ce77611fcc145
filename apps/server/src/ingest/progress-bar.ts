const WIDTH = 28;

/** A bar on standard error where a person watches; silent in a pipe. */
export interface ProgressBar {
  show(done: number, what: string): void;
  /** Draws the last state, this many steps done, and leaves the line. */
  end(done: number): void;
}

/** A bar over this many steps. */
export function createProgressBar(total: number): ProgressBar {
  const { stderr } = process;
  if (!stderr.isTTY || total === 0) return { show: () => undefined, end: () => undefined };
  const draw = (done: number, what: string): void => {
    const filled = Math.round((done / total) * WIDTH);
    stderr.write(
      `\r\u001b[2K[${"█".repeat(filled)}${"·".repeat(WIDTH - filled)}] ${done}/${total} ${what.slice(0, 40)}`,
    );
  };
  return {
    show: draw,
    end(done) {
      draw(done, "");
      stderr.write("\n");
    },
  };
}
