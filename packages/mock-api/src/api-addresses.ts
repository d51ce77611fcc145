/** The addresses that the API answers; everything else is the console's own files. */
export const API_ADDRESSES = /^\/(?:trpc|auth|live|media|v1)\//;

/** Where mock mode's service worker is served. */
export const WORKER_ADDRESS = "/mock-worker.js";
