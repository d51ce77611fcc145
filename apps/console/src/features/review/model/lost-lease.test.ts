import { describe, expect, it } from "vitest";
import { refusal, settled, testDesk } from "../../../../test-support/review-desk.ts";
import { rate } from "./changes.ts";
import type { ReviewSession } from "./review-session.ts";

/** Rates and seals; each desk here loses its lease at that. */
async function sealRefused(session: ReviewSession): Promise<void> {
  session.start({ sinceLast: () => false });
  await settled();
  session.look();
  session.edit((bench) => rate(bench, 3));
  await session.enter();
  await settled();
}

describe("a lost lease", () => {
  it("is said at once, and taking the case again loses nothing", async () => {
    const { session, said, fetched } = testDesk({
      seal: async () => {
        throw refusal("lease_lost");
      },
      heartbeat: async () => [{ state: "lost", caseId: "cas_A", free: true, why: null }],
    });
    await sealRefused(session);
    expect(session.state.get().lost).toEqual({ free: true, why: null });
    expect(said.join()).toContain("lost");
    const seen = fetched.length;
    await session.retake();
    await settled();
    expect(session.state.get().lost).toBeNull();
    expect(session.state.get().bench?.form.judgements["cnd_A1"]?.rating).toBe(3);
    // What is looked at under the new lease is asked for under its number.
    expect(fetched.slice(seen).every((url) => url.includes("fence=2"))).toBe(true);
    expect(fetched.length).toBeGreaterThan(seen);
  });

  it("says what upstream sent that ended it", async () => {
    const { session } = testDesk({
      seal: async () => {
        throw refusal("lease_lost");
      },
      heartbeat: async () => [{ state: "lost", caseId: "cas_A", free: false, why: "matcher_run" }],
    });
    await sealRefused(session);
    expect(session.state.get().lost).toEqual({ free: false, why: "matcher_run" });
  });

  it("leaves Enter to take the next case, where another has this one", async () => {
    const { session, calls } = testDesk({
      seal: async () => {
        throw refusal("lease_lost");
      },
      heartbeat: async () => [{ state: "lost", caseId: "cas_A", free: false, why: null }],
    });
    await sealRefused(session);
    expect(session.state.get().lost).toEqual({ free: false, why: null });
    await session.enter();
    expect(calls.at(-1)).toBe("claimNext");
    expect(session.state.get().lost).toBeNull();
  });

  it("says so where one decided the case oneself, in another tab", async () => {
    let decided = false;
    const { session } = testDesk({
      seal: async () => {
        decided = true;
        throw refusal("lease_lost");
      },
      heartbeat: async () => [{ state: "lost", caseId: "cas_A", free: false, why: null }],
      undoable: async () =>
        decided
          ? {
              decisionId: "dec_7",
              caseId: "cas_A",
              outcome: "distinct",
              undoUntil: "2026-11-23T12:00:10.000Z",
            }
          : null,
    });
    await sealRefused(session);
    expect(session.state.get().lost).toEqual({ free: false, why: null, mine: true });
  });
});
