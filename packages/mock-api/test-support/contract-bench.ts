import type { Answer, Browser } from "@secondlook/testkit/api/browser";
import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { claimWork, type Work } from "@secondlook/testkit/api/judge";
import { expect } from "vitest";
import { z } from "zod";
import type { ContractTarget } from "./contract-target.ts";

/** A target with the steps that many guarantees begin with. */
export interface Bench extends ContractTarget {
  /** A case of a region that nobody else's test uses, and what was answered. */
  send(options?: { readonly candidates?: number; readonly region?: string }): Promise<string>;
  /** A fresh case under a lease of this account, with everything else out of its way. */
  work(
    handle: string,
    options?: { readonly candidates?: number },
  ): Promise<{ browser: Browser; work: Work; lease: Lease }>;
}

export interface Lease {
  readonly caseId: string;
  readonly fence: number;
}

const takenSchema = z.object({ caseId: z.string() });

export function openBench(target: ContractTarget): Bench {
  let sent = 0;
  async function send({ candidates = 1, region = "VN" } = {}): Promise<string> {
    sent += 1;
    const similarities = Array.from({ length: candidates }, (_, index) => 97 - index);
    const body = caseBody({
      externalId: `contract-${sent}`,
      similarities,
      // Ahead of whatever other guarantees left behind.
      change: { region, priority: "urgent", languages: [] },
    });
    const response = await target.sendCase(body, plainFiles(body));
    expect(response.status).toBe(201);
    return takenSchema.parse(await response.json()).caseId;
  }
  return {
    ...target,
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
    send,
    async work(handle, options) {
      const browser = await target.signIn(handle);
      await browser.call("queue.pause");
      await clear(browser);
      await send(options);
      const work = await claimWork(browser);
      return { browser, work, lease: { caseId: work.caseId, fence: work.fence } };
    },
  };
}

/** Puts off everything that waits, so that what comes next is one's own. */
async function clear(browser: Browser): Promise<void> {
  for (;;) {
    const claimed = await browser.call("queue.claimNext", {});
    const found = z
      .object({
        state: z.literal("work"),
        active: z.object({ caseId: z.string(), fence: z.number() }),
      })
      .safeParse(claimed.data);
    if (!found.success) return;
    const { caseId, fence } = found.data.active;
    const released = { caseId, fence, reason: "distressing", until: null };
    await answered(browser.call("queue.release", released));
  }
}

/** The data of an answer that has to be one. */
export async function answered(answer: Promise<Answer>): Promise<unknown> {
  const { status, data, refusal, message } = await answer;
  expect([status, refusal, message]).toEqual([200, undefined, undefined]);
  return data;
}

/** The code that a call is refused by; its message has to be a sentence. */
export async function refusalOf(answer: Promise<Answer>): Promise<string | undefined> {
  const { refusal, message } = await answer;
  if (refusal !== undefined) expect(message).toMatch(/^[A-Z“].{10,}\.$/s);
  return refusal;
}
