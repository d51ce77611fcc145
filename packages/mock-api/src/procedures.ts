import { appRouter } from "@secondlook/api/app-router";
import type { Inputs, Outputs } from "@secondlook/api/contract";
import { z } from "zod";

/** `queue.claimNext` and all the others, from the router's type. */
export type ProcedurePath = {
  [Area in keyof Outputs]: `${Area}.${keyof Outputs[Area] & string}`;
}[keyof Outputs];

type Pick2<All, P extends string> = P extends `${infer Area}.${infer Verb}`
  ? Area extends keyof All
    ? Verb extends keyof All[Area]
      ? All[Area][Verb]
      : never
    : never
  : never;

export type InputOf<P extends ProcedurePath> = Pick2<Inputs, P>;
export type OutputOf<P extends ProcedurePath> = Pick2<Outputs, P>;

const mutations = new Set(
  Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) =>
    isMutation(procedure) ? [path] : [],
  ),
);

/** A procedure is a function that tells about itself in `_def`. */
function isMutation(procedure: unknown): boolean {
  const definition = z.object({ type: z.string() });
  if (typeof procedure !== "function" || !("_def" in procedure)) return false;
  return definition.safeParse(procedure._def).data?.type === "mutation";
}

/** The request that the console's client would send for this call. */
export function requestFor<P extends ProcedurePath>(
  path: P,
  input: InputOf<P>,
  headers: Readonly<Record<string, string>>,
): Request {
  const url = `http://mock.invalid/trpc/${path}`;
  const text = input === undefined ? undefined : JSON.stringify(input);
  if (mutations.has(path)) {
    return new Request(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      ...(text === undefined ? {} : { body: text }),
    });
  }
  const query = text === undefined ? "" : `?input=${encodeURIComponent(text)}`;
  return new Request(url + query, { headers });
}

/** The path of the procedure that a request calls; undefined where it calls none. */
export function pathOf(url: URL): string | undefined {
  return /^\/trpc\/([\w.]+)$/.exec(url.pathname)?.[1];
}
