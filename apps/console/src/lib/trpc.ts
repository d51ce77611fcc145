import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { watchedFetch } from "./connection.ts";
import type { AppRouter } from "./contract.ts";
import { problemOf } from "./problem.ts";
import { noteServerTime } from "./server-clock.ts";
import { sessionEnded } from "./session-ended.ts";

/**
 * One request for each call: a batch would put several events behind one answer, and an answer
 * waits for its events.
 */
export const api: TRPCClient<AppRouter> = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: "/trpc",
      async fetch(url, init) {
        // What was typed just before the page goes away is still sent; a browser carries up to 64 kB so.
        const keepalive = (url instanceof Request ? url.url : String(url)).endsWith("/drafts.save");
        const signal = init?.signal ?? null;
        const response = await watchedFetch(url, { ...init, signal, keepalive });
        noteServerTime(response.headers, Date.now());
        if (response.status === 401) sessionEnded.set(true);
        return response;
      },
    }),
  ],
});

/**
 * Answers are not kept and not asked for twice without need: most of them are views of a person's
 * data, and each asking stands in the log.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (count, error) => problemOf(error).kind === "unreachable" && count < 3,
    },
    mutations: { retry: false },
  },
});

export const trpc: TRPCOptionsProxy<AppRouter> = createTRPCOptionsProxy<AppRouter>({
  client: api,
  queryClient,
});
