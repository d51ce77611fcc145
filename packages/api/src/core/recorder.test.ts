import type { EventBody } from "@secondlook/audit/event";
import { parseLeaf } from "@secondlook/audit/leaf";
import type { GroupAppender } from "@secondlook/db/audit/append";
import type { Database } from "@secondlook/db/database";
import { systemRandom } from "@secondlook/domain/ids";
import { expect, test } from "vitest";
import { createEmitter } from "./emitter.ts";
import { createLive } from "./live.ts";
import { createRecorder, type Recorder } from "./recorder.ts";

const MEDIA_READ: EventBody = {
  kind: "media.read",
  outcome: "allowed",
  case: "cas_1",
  subject: "sub_1",
  asset: "evd_1",
  rendition: "face",
  purpose: { code: "review" },
};
const DENIED: EventBody = {
  kind: "access.denied",
  outcome: "denied",
  action: "media.read",
  reason: "role_or_lease",
};

interface Bench {
  recorder: Recorder;
  /** What reached the log. */
  leaves: Uint8Array[];
  /** Undefined: the log takes everything. */
  fault: { now: Error | undefined };
  stalled: { now: boolean };
}

function bench(): Bench {
  const leaves: Uint8Array[] = [];
  const fault: Bench["fault"] = { now: undefined };
  const stalled = { now: false };
  let at = Date.parse("2026-01-02T03:04:05.000Z");
  const appender: GroupAppender = {
    async append(given) {
      if (fault.now !== undefined) throw fault.now;
      leaves.push(...given);
    },
  };
  // Transactions are tested on Postgres; here only reads are.
  const db: Pick<Database, "transaction"> = {
    transaction: () => Promise.reject(new Error("there is no database here")),
  };
  const emitter = createEmitter(() => new Date((at += 11_000)), systemRandom);
  leaves.push(
    emitter.stamp({ kind: "emitter.start", outcome: "allowed" }, { id: "sys_x", role: "system" })
      .leaf,
  );
  const recorder = createRecorder(
    {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `transaction` is used
      db: db as Database,
      emitter,
      appender,
      log: { info: () => undefined, error: () => undefined },
      stallGuard: { mayRead: async () => !stalled.now },
      live: createLive(),
    },
    { id: "usr_1", role: "reviewer" },
  );
  return { recorder, leaves, fault, stalled };
}

/** A release as every route does it: recorded, then the bytes. */
async function release(recorder: Recorder): Promise<string> {
  await recorder.read([MEDIA_READ]);
  return "bytes";
}

test.for([
  ["a revoked grant", Object.assign(new Error("permission denied"), { code: "42501" })],
  ["a violated check", Object.assign(new Error("check"), { code: "23514" })],
  ["an empty pool", new Error("timeout exceeded when trying to connect")],
  ["a statement's timeout", Object.assign(new Error("canceling statement"), { code: "57014" })],
] as const)("no byte leaves where the record fails: %s", async ([, error]) => {
  const { recorder, fault } = bench();
  fault.now = error;
  await expect(release(recorder)).rejects.toMatchObject({
    name: "Refusal",
    code: "log_unavailable",
    status: 503,
    message: expect.not.stringContaining(error.message),
  });
  expect([...recorder.committed]).toEqual([]);
});

test("while the log is stalled nothing new is shown, and it goes on by itself", async () => {
  const { recorder, stalled, leaves } = bench();
  stalled.now = true;
  await expect(release(recorder)).rejects.toMatchObject({ code: "log_unavailable", status: 503 });
  expect(leaves).toHaveLength(1);
  stalled.now = false;
  expect(await release(recorder)).toBe("bytes");
});

test("refusals are recorded while the log is stalled: they show nothing", async () => {
  const { recorder, stalled, leaves } = bench();
  stalled.now = true;
  await recorder.read([DENIED]);
  expect(leaves).toHaveLength(2);
});

test("numbers whose events the log refused are voided once it writes again", async () => {
  const { recorder, leaves, fault } = bench();
  await release(recorder);
  fault.now = new Error("the database is gone");
  for (let n = 0; n < 3; n += 1)
    await expect(release(recorder)).rejects.toThrow(/can't be recorded/);
  fault.now = undefined;
  for (let n = 0; n < 4; n += 1) await release(recorder);

  const events = leaves.map((leaf) => parseLeaf(leaf));
  expect(events.filter(({ kind }) => kind === "emit.void")).toMatchObject([
    { voided: [3, 4, 5], actor: { id: "sys_emitter", role: "system" } },
  ]);
  const told = events.flatMap((event) => [
    event.src.n,
    ...(event.kind === "emit.void" ? event.voided : []),
  ]);
  expect(told.toSorted((a, b) => a - b)).toEqual(told.map((_, index) => index + 1));
});
