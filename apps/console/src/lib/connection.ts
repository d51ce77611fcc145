import { createStore } from "./store.ts";

/** Whether the server could be reached last time anything was asked of it. */
export const connection = createStore<"up" | "lost">("up");

/** `fetch` that remembers whether the server answered at all. */
export async function watchedFetch(
  input: RequestInfo | URL | string,
  init?: RequestInit,
): Promise<Response> {
  try {
    const response = await fetch(input, init);
    connection.set("up");
    return response;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) connection.set("lost");
    throw error;
  }
}
