import type { Backend } from "./backend.ts";
import { type InputOf, type OutputOf, type ProcedurePath, requestFor } from "./procedures.ts";
import { SESSION_HEADER, type SessionJar } from "./session-jar.ts";
import { trustOutput } from "./unsafe.ts";
import { z } from "zod";

/** Somebody who works beside the page, by the same procedures as everybody. */
export interface Person {
  readonly handle: string;
  /** Throws where the API refuses. */
  call<P extends ProcedurePath>(path: P, input: InputOf<P>): Promise<OutputOf<P>>;
}

const answerSchema = z.object({
  result: z.object({ data: z.unknown() }).optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** Signs somebody in beside whoever is in the jar. Only while the page itself asks for nothing. */
export async function signInBeside(
  backend: Backend,
  jar: SessionJar,
  handle: string,
): Promise<Person> {
  const kept = jar.take();
  await signIn(backend, handle);
  const token = jar.take();
  jar.put(kept);
  return {
    handle,
    async call(path, input) {
      const request = requestFor(path, input, { [SESSION_HEADER]: token ?? "" });
      const response = await backend.fetch(request);
      const { result, error } = answerSchema.parse(await response.json());
      if (result === undefined) {
        throw new Error(`${handle} was refused ${path}: ${error?.message ?? response.status}`);
      }
      return trustOutput(path, result.data);
    },
  };
}

/** Puts somebody's session into the page's jar. */
export async function signIn(backend: Backend, handle: string): Promise<void> {
  const response = await backend.fetch(
    new Request("http://mock.invalid/auth/demo", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ account: handle }),
    }),
  );
  if (!response.ok) throw new Error(`There is no demo account called ${handle}.`);
}
