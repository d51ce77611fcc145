import { expect, test } from "vitest";
import { createProgressBar } from "./progress-bar.ts";

function terminal(isTTY: boolean): { isTTY: boolean; write(text: string): void; text: string } {
  return {
    isTTY,
    text: "",
    write(text) {
      this.text += text;
    },
  };
}

test("fills up on one line, and leaves it at the end", () => {
  const screen = terminal(true);
  const bar = createProgressBar(4, screen);
  bar.show(0, "first");
  bar.show(1, "second");
  bar.end(4);
  const frames = screen.text.split("\r\u001b[2K").slice(1);
  expect(frames).toEqual([
    `[${"·".repeat(28)}] 0/4 first`,
    `[${"█".repeat(7)}${"·".repeat(21)}] 1/4 second`,
    `[${"█".repeat(28)}] 4/4 \n`,
  ]);
});

test("says nothing in a pipe, nor for nothing", () => {
  for (const [screen, total] of [
    [terminal(false), 4],
    [terminal(true), 0],
  ] as const) {
    const bar = createProgressBar(total, screen);
    bar.show(0, "first");
    bar.end(total);
    expect(screen.text).toBe("");
  }
});
