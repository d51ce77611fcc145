import { Blob, File } from "node:buffer";
import { URL } from "node:url";

/**
 * jsdom brings bytes and bodies of its own, which neither Node's `fetch` nor WebAssembly take for
 * theirs. The API runs beside the screens here, so all of them use Node's.
 */
const bytes: unknown = Object.getPrototypeOf(Buffer);
const form: unknown = (await new Response(new URLSearchParams()).formData()).constructor;
// Vitest wraps it for jsdom's bodies, of which there are none then.
const request: unknown = Object.getPrototypeOf(Request);
Object.assign(globalThis, { Uint8Array: bytes, FormData: form, Request: request, Blob, File, URL });

/**
 * What jsdom lacks and the console asks for. Nothing of the console is replaced: pictures are not
 * painted and clips not decoded here, that is for the browser tests.
 */
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Nothing is told live: the screens then ask now and then, which is what the tests wait for. */
class NoEventSource extends EventTarget {
  readonly readyState = 0;
  close(): void {}
}

Object.assign(globalThis, {
  ResizeObserver: NoObserver,
  IntersectionObserver: NoObserver,
  EventSource: NoEventSource,
});
// Dialogs are opened and closed; that they keep the focus is for the browser tests.
Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.setAttribute("open", "");
  },
  close(this: HTMLDialogElement) {
    this.removeAttribute("open");
  },
});
Object.assign(window, {
  matchMedia: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }),
  scrollTo: () => undefined,
});
Object.assign(Element.prototype, { scrollIntoView: () => Promise.resolve() });
Object.assign(document, { fonts: new EventTarget() });
Object.assign(HTMLImageElement.prototype, { decode: () => Promise.resolve() });
Object.assign(URL, {
  createObjectURL: () => "blob:screen-test",
  revokeObjectURL: () => undefined,
});
