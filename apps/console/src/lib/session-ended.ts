import { createStore } from "./store.ts";

/** Set when the server says that nobody is signed in any more; the shell then asks to sign in. */
export const sessionEnded = createStore(false);
