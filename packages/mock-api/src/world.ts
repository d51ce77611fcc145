import { run } from "@secondlook/db/database";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { type PolicySettings, policySchema } from "@secondlook/domain/policy/policy";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Conditions, createConditions } from "./conditions.ts";
import { INGEST_KEY } from "./install.ts";
import { type OpenMock, openMock } from "./open-mock.ts";
import type { DataSource } from "./mock-data.ts";
import type { PgliteParts } from "./pglite-parts.ts";
import { createOverrides, type Overrides } from "./overrides.ts";
import { pathOf, type ProcedurePath } from "./procedures.ts";
import { type Person, signIn, signInBeside } from "./person.ts";
import { createSessionJar } from "./session-jar.ts";
import { standIn } from "./stand-in-preparer.ts";

/** One opened mock: the API with its data, and the means to bring it into a state. */
export interface World extends Overrides {
  readonly backend: OpenMock;
  readonly conditions: Conditions;
  /** Answers as the server would, under the conditions and overrides of now. */
  fetch(request: Request): Promise<Response>;
  /** Puts somebody into the page's session; `null` signs out. */
  signIn(handle: string | null): Promise<void>;
  /** Somebody beside the page. Only while the page itself asks for nothing. */
  person(handle: string): Promise<Person>;
  /** Runs once, after this procedure has answered well for the first time. */
  after(path: ProcedurePath, effect: () => Promise<void> | void): void;
  /** A new version of the policy, for cases that nobody began. */
  changePolicy(change: Partial<PolicySettings>): Promise<void>;
  /** Sends a case through the real ingest; `files` names a known file for each ref. */
  sendCase(body: object, files: Readonly<Record<string, string>>): Promise<string>;
  /** Runs due jobs and keeps the log, as happens by itself a moment after each request. */
  settle(): Promise<void>;
}

const takenSchema = z.object({ caseId: z.string() });
/** Long enough for the requests of one step to be answered first. */
const CATCH_UP_MS = 250;
const JOBS_MS = 1_000;

/** Opens the data. Dispose of it, or a test's process won't end. */
export async function openWorld(options: {
  readonly source: DataSource;
  readonly seed: number;
  readonly onFault: (message: string, cause: unknown) => void;
  readonly parts?: Promise<PgliteParts> | undefined;
}): Promise<World & AsyncDisposable> {
  const jar = createSessionJar();
  const backend = await openMock({ ...options, session: jar });
  const conditions = createConditions();
  const overrides = createOverrides();
  const effects = new Map<string, () => Promise<void> | void>();
  let policyVersion = 1;
  let catchingUp: Promise<void> | undefined;
  let closed = false;

  async function settle(): Promise<void> {
    await catchingUp;
    catchingUp = backend
      .catchUp()
      .catch((error: unknown) => options.onFault("the work between requests failed", error))
      .finally(() => (catchingUp = undefined));
    await catchingUp;
  }
  let soon: ReturnType<typeof setTimeout> | undefined;
  const settleSoon = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined;
      if (!closed) void settle();
    }, CATCH_UP_MS);
  };
  // Undo windows end without a request.
  const ticking = setInterval(settleSoon, JOBS_MS);

  return {
    ...overrides,
    backend,
    conditions,
    settle,
    async fetch(request) {
      if (conditions.delayMs > 0) {
        await new Promise((resolve) => setTimeout(resolve, conditions.delayMs));
      }
      if (closed || conditions.offline) return Response.error();
      const response = (await overrides.answer(request)) ?? (await backend.fetch(request));
      settleSoon();
      const path = pathOf(new URL(request.url));
      const effect = path !== undefined && response.ok ? effects.get(path) : undefined;
      if (path !== undefined && effect !== undefined) {
        effects.delete(path);
        await effect();
      }
      return response;
    },
    async signIn(handle) {
      jar.put(undefined);
      if (handle !== null) await signIn(backend, handle);
    },
    person: (handle) => signInBeside(backend, jar, handle),
    after: (path, effect) => void effects.set(path, effect),
    async changePolicy(change) {
      policyVersion += 1;
      const document = policySchema.parse({
        ...POLICY_V1,
        base: { ...POLICY_V1.base, ...change },
      });
      await run(
        backend.superuser,
        sql`insert into app.policy (version, document, author, approver, starts_at)
            values (${policyVersion}, ${JSON.stringify(document)}::jsonb, 'author', 'approver', app.now())`,
      );
    },
    async sendCase(body, files) {
      const form = new FormData();
      form.set("case", new Blob([JSON.stringify(body)], { type: "application/json" }), "case.json");
      for (const [ref, name] of Object.entries(files))
        form.set(ref, new Blob([standIn(name)]), ref);
      const response = await backend.fetch(
        new Request("http://mock.invalid/v1/cases", {
          method: "POST",
          headers: { authorization: `Bearer ${INGEST_KEY}` },
          body: form,
        }),
      );
      if (response.status !== 201) {
        throw new Error(`The case was not taken: ${await response.text()}`);
      }
      return takenSchema.parse(await response.json()).caseId;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      clearInterval(ticking);
      clearTimeout(soon);
      await catchingUp;
      await backend.pglite.close();
    },
  };
}
