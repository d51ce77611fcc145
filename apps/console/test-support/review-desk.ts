import { TRPCClientError } from "@trpc/client";
import {
  createReviewSession,
  type ReviewSession,
} from "../src/features/review/model/review-session.ts";
import type { ReviewApi } from "../src/features/review/model/review-api.ts";
import type { Reveal } from "../src/lib/contract.ts";
import { createMediaStore } from "../src/lib/media/media-store.ts";
import type { RefusalCode } from "../src/lib/problem.ts";
import { workCase } from "./work-case.ts";

export const NOW = Date.parse("2026-11-23T12:00:00Z");

/** What the server says when a rule refuses. */
export function refusal(code: RefusalCode, message = code as string): Error {
  return TRPCClientError.from({
    error: { code: -32_009, message, data: { refusal: code, requestId: null } },
  });
}

export const REVEAL: Reveal = { machine: null, candidates: [], earlier: [] };

const DONE = { done: true };

/** A desk whose server is the given answers; every call and every fetch is written down. */
export function testDesk(answers: Partial<ReviewApi> = {}): {
  session: ReviewSession;
  calls: string[];
  fetched: string[];
  said: string[];
} {
  const calls: string[] = [];
  const fetched: string[] = [];
  const said: string[] = [];
  const api: ReviewApi = {
    claimNext: async () => ({ state: "work", active: workCase("A"), reserved: null }),
    heartbeat: async (leases) =>
      leases.map(({ caseId }) => ({
        state: "held",
        caseId,
        leaseUntil: "2026-11-23T12:02:20.000Z",
        hardUntil: null,
      })),
    retake: async () => ({ state: "work", active: workCase("A", { fence: 2 }), reserved: null }),
    release: async () => DONE,
    pause: async () => DONE,
    openCandidate: async () => DONE,
    seal: async () => DONE,
    amend: async () => DONE,
    attributes: async (_lease, candidateId) => ({
      candidateId,
      probe: {},
      candidate: {},
      masked: [],
      sharedSignals: [],
      signalCounts: {},
    }),
    revealField: async (_lease, candidateId, field) => ({
      candidateId,
      field,
      probe: "1",
      candidate: "2",
    }),
    reveal: async () => REVEAL,
    saveDraft: async () => DONE,
    submit: async () => ({ decisionId: "dec_1", undoUntil: "2026-11-23T12:00:10.000Z" }),
    undoable: async () => null,
    undo: async () => ({ state: "work", active: workCase("A", { fence: 9 }), reserved: null }),
    ...answers,
  };
  const session = createReviewSession({
    api: written(api, calls),
    media: createMediaStore({
      fetch: async (url) => {
        fetched.push(url);
        return new Response("bytes");
      },
      open: async (bytes) => ({ bytes, sizes: [] }),
      close: () => undefined,
      refused: () => undefined,
    }),
    now: () => NOW,
    painted: () => Promise.resolve(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms > 5000 ? 60_000 : 0)),
    say: (text) => said.push(text),
  });
  return { session, calls, fetched, said };
}

function written(api: ReviewApi, calls: string[]): ReviewApi {
  return new Proxy(api, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== "function") return method;
      return (...args: unknown[]): unknown => {
        calls.push(String(name));
        return Reflect.apply(method, target, args);
      };
    },
  });
}

/** Lets everything that is under way come to its end. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}
