import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLive, type Source } from "./live.ts";

const TOLD = { leases: [], queue: { waiting: 3, urgent: false }, holders: null, strip: null };

/** A stream of the test's own: what it is told, it hears. */
class TestSource implements Source {
  readyState = 1;
  readonly #listeners = new Map<string, (event: { readonly data?: unknown }) => void>();
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void {
    this.#listeners.set(type, listener);
  }
  close(): void {
    this.readyState = 2;
  }
  tell(data = JSON.stringify(TOLD)): void {
    this.#listeners.get("message")?.({ data });
  }
  happen(what: "end" | "error"): void {
    this.#listeners.get(what)?.({});
  }
}

function world(answers: readonly number[] = []) {
  const opened: TestSource[] = [];
  let signedOut = 0;
  const left = [...answers];
  const live = createLive({
    open() {
      const source = new TestSource();
      opened.push(source);
      return source;
    },
    ask: async () => ({ status: left.shift() ?? 200, body: TOLD }),
    signedOut: () => {
      signedOut += 1;
    },
  });
  return { live, opened, ended: () => signedOut };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("tells what the stream says, and nothing after it was stopped", () => {
  const { live, opened } = world();
  const stop = live.start();
  opened[0]?.tell();
  expect(live.state.get()).toEqual({ how: "stream", told: TOLD });
  stop();
  opened[0]?.tell();
  expect(live.state.get()).toEqual({ how: "none", told: null });
  expect(opened[0]?.readyState).toBe(2);
});

it("leaves a broken connection to the browser, which opens it again", async () => {
  const { live, opened } = world();
  live.start();
  opened[0]?.happen("error");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(opened).toHaveLength(1);
});

it("says that what was told may be over while a broken stream is opened again", () => {
  const { live, opened } = world();
  live.start();
  opened[0]?.tell();
  opened[0]?.happen("error");
  expect(live.state.get()).toEqual({ how: "broken", told: TOLD });
  opened[0]?.tell();
  expect(live.state.get().how).toBe("stream");
});

it.each([
  ["no JSON", "{"],
  ["something else", "null"],
  ["a case that is none", JSON.stringify({ ...TOLD, leases: [{ caseId: "x", fence: 1 }] })],
  ["less than all", JSON.stringify({ leases: [] })],
])("believes only what both sides know: not %s", (_, data) => {
  const { live, opened } = world();
  live.start();
  opened[0]?.tell();
  opened[0]?.tell(data);
  expect(live.state.get()).toEqual({ how: "none", told: null });
});

it("asks now and then where the stream was refused, and tries it again after a while", async () => {
  const { live, opened } = world();
  live.start();
  opened[0]?.close();
  opened[0]?.happen("error");
  await vi.advanceTimersByTimeAsync(1);
  expect(live.state.get().how).toBe("asking");
  await vi.advanceTimersByTimeAsync(59_000);
  expect(opened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(opened).toHaveLength(2);
});

it("hears that the session has ended, by the stream or by asking", async () => {
  const one = world();
  one.live.start();
  one.opened[0]?.happen("end");
  expect(one.ended()).toBe(1);
  const other = world([401]);
  other.live.start();
  other.opened[0]?.close();
  other.opened[0]?.happen("error");
  await vi.advanceTimersByTimeAsync(1);
  expect(other.ended()).toBe(1);
});
