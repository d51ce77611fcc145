import { describe, expect, it } from "vitest";
import { keyName } from "./key-name.ts";

const plain = {
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
};

describe("keyName", () => {
  it("names letters alike with caps lock and without", () => {
    expect(keyName({ ...plain, key: "a" })).toBe("a");
    expect(keyName({ ...plain, key: "A" })).toBe("a");
    expect(keyName({ ...plain, key: "A", shiftKey: true })).toBe("Shift+a");
  });

  it("names signs by what was typed, wherever they stand on the keyboard", () => {
    expect(keyName({ ...plain, key: "?", shiftKey: true })).toBe("?");
    expect(keyName({ ...plain, key: "+" })).toBe("+");
  });

  it("tells Enter and Shift+Enter apart", () => {
    expect(keyName({ ...plain, key: "Enter" })).toBe("Enter");
    expect(keyName({ ...plain, key: "Enter", shiftKey: true })).toBe("Shift+Enter");
  });

  it("leaves the browser's own combinations and unfinished words alone", () => {
    expect(keyName({ ...plain, key: "r", ctrlKey: true })).toBeNull();
    expect(keyName({ ...plain, key: "r", metaKey: true })).toBeNull();
    expect(keyName({ ...plain, key: "r", altKey: true })).toBeNull();
    expect(keyName({ ...plain, key: "Enter", isComposing: true })).toBeNull();
  });
});
