import { describe, expect, test } from "vitest";
import { beginAgain } from "./begin-again.ts";
import { Problem } from "./problem.ts";
import { CaseMoved } from "./store-sealed.ts";

const nothing = async (): Promise<undefined> => undefined;

/** Fails with these, one after the other, and then succeeds. */
function failingWith(...errors: readonly Error[]) {
  const left = [...errors];
  const work = async (): Promise<string> => {
    const error = left.shift();
    if (error !== undefined) throw error;
    return "stored";
  };
  return { work, left };
}

function failed(code: string): Error {
  return new Error("failed query", { cause: Object.assign(new Error("by Postgres"), { code }) });
}

describe("a request that others overtake", () => {
  test.each([new CaseMoved(), failed("23505"), failed("40P01"), failed("40001")])(
    "begins again after %s",
    async (error) => {
      expect(await beginAgain(failingWith(error, error, error).work, nothing)).toBe("stored");
    },
  );

  test("takes what the other one made", async () => {
    const { work, left } = failingWith(new CaseMoved(), new CaseMoved());
    expect(await beginAgain(work, async () => "made by another")).toBe("made by another");
    expect(left).toHaveLength(1);
  });

  test("is told to come back where they were quicker each time", async () => {
    const moved = Array.from({ length: 4 }, () => new CaseMoved());
    const answer = beginAgain(failingWith(...moved).work, nothing);
    await expect(answer).rejects.toThrow(Problem);
    await expect(answer).rejects.toMatchObject({ status: 503, reason: "overtaken" });
  });

  test("fails with the fault itself where that is no race", async () => {
    const fault = new TypeError("a fault of ours");
    await expect(beginAgain(failingWith(fault).work, nothing)).rejects.toBe(fault);
    // The same name four times over is no other request.
    const same = failed("23505");
    await expect(beginAgain(failingWith(same, same, same, same).work, nothing)).rejects.toBe(same);
  });
});
