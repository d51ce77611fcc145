import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { folderSource } from "./node/folder-source.ts";
import { testedData } from "./node/tested-data.ts";
import { failure, refusal } from "./overrides.ts";
import { requestFor } from "./procedures.ts";
import { openWorld, type World } from "./world.ts";

let world: World & AsyncDisposable;
beforeAll(async () => {
  const source = folderSource(testedData());
  world = await openWorld({ source, seed: 1, onFault: () => undefined });
});
afterAll(() => world[Symbol.asyncDispose]());

const errorSchema = z.object({
  error: z.object({
    message: z.string(),
    code: z.number(),
    data: z.object({ requestId: z.string() }).loose(),
  }),
});

async function errorOf(response: Response) {
  const { error } = errorSchema.parse(await response.json());
  const { requestId, ...data } = error.data;
  expect(requestId).toMatch(/^req_/);
  return { status: response.status, message: error.message, code: error.code, data };
}

test("a refusal that is made here is written as the API writes its own", async () => {
  const real = await errorOf(await world.fetch(requestFor("queue.claimNext", {}, {})));
  expect(await errorOf(refusal("signed_out", real.message))).toEqual(real);

  await world.signIn("auditor-1");
  const forbidden = await errorOf(await world.fetch(requestFor("queue.claimNext", {}, {})));
  expect(await errorOf(refusal("forbidden", forbidden.message))).toEqual(forbidden);

  await world.signIn("reviewer-1");
  const lost = await errorOf(
    await world.fetch(
      requestFor("judging.reveal", { caseId: "cas_0000000000000000000000", fence: 1 }, {}),
    ),
  );
  expect(await errorOf(refusal("lease_lost", lost.message))).toEqual(lost);
});

test("a fault that is made here is written as the API writes its own", async () => {
  expect(await errorOf(failure())).toMatchObject({
    status: 500,
    data: { code: "INTERNAL_SERVER_ERROR", refusal: null },
  });
});

test("an override answers in the API's place, and passes when it says so", async () => {
  await world.signIn("reviewer-1");
  world.on("queue.claimNext", ({ before }) =>
    before === 0 ? { answer: { state: "empty", reason: "nothing_waiting", nextAt: null } } : "pass",
  );
  const claim = async (): Promise<unknown> =>
    (await world.fetch(requestFor("queue.claimNext", {}, {}))).json();
  expect(await claim()).toMatchObject({ result: { data: { state: "empty" } } });
  expect(await claim()).toMatchObject({ result: { data: { state: "work" } } });
  world.clear();
});

/** Never called: what stands here has to be refused by the compiler. */
export function mustNotCompile(): void {
  // @ts-expect-error -- a procedure that was renamed or never was
  world.on("queue.claimNextOne", () => "pass");
  // @ts-expect-error -- an answer that is not this procedure's
  world.on("queue.claimNext", () => ({ answer: { state: "nothing" } }));
  // @ts-expect-error -- a code that the API does not refuse by
  world.on("queue.claimNext", () => ({ refuse: "no_such_code", message: "No." }));
  // @ts-expect-error -- an input that is not this procedure's
  world.on("decisions.undo", ({ input }) => (input.caseId === "" ? "fail" : "pass"));
}
