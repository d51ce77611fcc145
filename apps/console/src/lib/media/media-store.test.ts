import { describe, expect, it } from "vitest";
import type { LeaseRef } from "../contract.ts";
import { createMediaStore } from "./media-store.ts";

const lease: LeaseRef = { caseId: "cas_1", fence: 3 };
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function surroundings(answer: () => Response = () => new Response("bytes")) {
  const log = { asked: [] as string[], closed: [] as string[], refused: [] as number[] };
  const store = createMediaStore({
    fetch: async (url) => {
      log.asked.push(url);
      return answer();
    },
    open: async (bytes) => {
      if ((await bytes.text()) === "broken") throw new Error("no picture");
      return { bytes, sizes: [] };
    },
    close: () => log.closed.push("closed"),
    refused: (_lease, status) => log.refused.push(status),
  });
  return { store, log };
}

describe("the media store", () => {
  it("asks for a rendition once, however often it is wanted", async () => {
    const { store, log } = surroundings();
    store.load(lease, "evd_1", "face");
    store.load(lease, "evd_1", "face");
    await settled();
    store.load(lease, "evd_1", "face");
    expect(log.asked).toEqual(["/media/evd_1/face?case=cas_1&fence=3"]);
    expect(store.get("cas_1", "evd_1", "face")).toMatchObject({
      state: "ready",
      opened: { sizes: [] },
    });
  });

  it("keeps the bytes of a reserved case that is opened under another number", async () => {
    const { store, log } = surroundings();
    store.load(lease, "evd_1", "face");
    await settled();
    store.renew({ ...lease, fence: 4 });
    store.load({ ...lease, fence: 4 }, "evd_1", "face");
    expect(log.asked).toHaveLength(1);
  });

  it("forgets and closes what belongs to other cases", async () => {
    const { store, log } = surroundings();
    store.load(lease, "evd_1", "face");
    store.load({ caseId: "cas_2", fence: 1 }, "evd_2", "face");
    await settled();
    store.keepOnly(["cas_2"]);
    expect(store.get("cas_1", "evd_1", "face")).toBeUndefined();
    expect(store.get("cas_2", "evd_2", "face")?.state).toBe("ready");
    expect(log.closed).toHaveLength(1);
  });

  it("leaves no address behind for what arrives after its case was forgotten", async () => {
    const { store, log } = surroundings();
    store.load(lease, "evd_1", "face");
    store.forget("cas_1");
    await settled();
    expect(store.get("cas_1", "evd_1", "face")).toBeUndefined();
    expect(log.closed).toHaveLength(1);
  });

  it("decodes a picture that rested again, without asking for it again", async () => {
    const { store, log } = surroundings();
    store.load(lease, "evd_1", "detail");
    await settled();
    store.rest("cas_1", "evd_1", "detail");
    expect(store.get("cas_1", "evd_1", "detail")?.state).toBe("resting");
    expect(log.closed).toHaveLength(1);
    store.load(lease, "evd_1", "detail");
    await settled();
    expect(store.get("cas_1", "evd_1", "detail")?.state).toBe("ready");
    expect(log.asked).toHaveLength(1);
    store.forget("cas_1");
    expect(log.closed).toHaveLength(2);
  });

  it("does not ask again for what is broken, but for what did not arrive", async () => {
    let body = "broken";
    const { store, log } = surroundings(() => new Response(body));
    store.load(lease, "evd_1", "face");
    await settled();
    expect(store.get("cas_1", "evd_1", "face")).toEqual({ state: "failed", why: "broken" });
    store.retry("cas_1");
    expect(log.asked).toHaveLength(1);

    body = "bytes";
    let status = 503;
    const other = surroundings(() => new Response(body, { status }));
    other.store.load(lease, "evd_1", "face");
    await settled();
    expect(other.store.get("cas_1", "evd_1", "face")).toEqual({
      state: "failed",
      why: "not_recorded",
    });
    status = 200;
    other.store.retry("cas_1");
    await settled();
    expect(other.store.get("cas_1", "evd_1", "face")?.state).toBe("ready");
    expect(other.log.refused).toEqual([503]);
  });
});
