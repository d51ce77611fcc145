import { rowsOf } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { claimed, judgementOf } from "../../test-support/judge.ts";
import { subjectKey } from "../core/subject-keys.ts";
import type { Viewing } from "../schemas/viewing.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const PLACE = { scale: 3.5, angle: -0.25, mirror: false, x: 0.125, y: -2 };
const TONE = { brightness: 0.2, contrast: 0, gamma: 1, saturation: 1, sharpen: 0.5 };
const POINTS: [{ x: number; y: number }, { x: number; y: number }] = [
  { x: 0.3127, y: 0.4219 },
  { x: 0.6873, y: 0.4331 },
];

function viewingOf(change: Partial<Viewing> = {}): Viewing {
  const side = {
    evidenceId: "evd_1",
    rendition: "face",
    frameSeconds: null,
    own: PLACE,
    mirror: true,
    tone: TONE,
    points: POINTS,
  } as const;
  return {
    mode: "overlay",
    split: 0.5,
    opacity: 0.4,
    rate: 2,
    align: "points",
    view: PLACE,
    probe: side,
    candidate: { ...side, evidenceId: "evd_2" },
    ...change,
  };
}

async function opened() {
  const scene = await desk.scene({ candidates: 1 });
  const ann = await scene.hire();
  const held = await claimed(scene, ann);
  const [candidate] = scene.candidates;
  if (candidate === undefined) throw new Error("the scene has a candidate");
  const lease = { caseId: held.caseId, fence: held.fence, candidateId: candidate.candidateId };
  await desk.as(ann).judging.openCandidate(lease);
  await desk.advance(4);
  return { ann, held, lease, candidate };
}

const row = z.object({
  probe_viewing: z.instanceof(Uint8Array).nullable(),
  candidate_viewing: z.instanceof(Uint8Array).nullable(),
});

async function kept(caseId: string, seq: number) {
  const rows = await rowsOf(
    desk.owner,
    row,
    sql`select probe_viewing, candidate_viewing from app.rating where case_id = ${caseId} and seq = ${seq}`,
  );
  if (rows[0] === undefined) throw new Error("there is no such rating");
  return rows[0];
}

describe("how a pair was looked at", () => {
  test("is kept with the seal, each side under its own subject's key", async () => {
    const { ann, held, lease, candidate } = await opened();
    const viewing = viewingOf();
    await desk.as(ann).judging.seal({ ...lease, judgement: judgementOf(2), viewing });
    const { probe_viewing: probe, candidate_viewing: other } = await kept(held.caseId, 0);
    const about = { object: lease.candidateId, purpose: "viewing" };
    const [probeKey, otherKey] = await Promise.all(
      [held.probeSubjectId, candidate.subjectId].map((id) => subjectKey(desk.deps, desk.owner, id)),
    );
    const { probe: probeSide, candidate: otherSide, ...shared } = viewing;
    expect(await probeKey?.decryptJson(probe ?? new Uint8Array(), about)).toEqual({
      ...shared,
      side: probeSide,
    });
    expect(await otherKey?.decryptJson(other ?? new Uint8Array(), about)).toEqual({
      ...shared,
      side: otherSide,
    });
    await expect(probeKey?.decryptJson(other ?? new Uint8Array(), about)).rejects.toThrow(/./);
    expect(
      Buffer.concat([probe ?? new Uint8Array(), other ?? new Uint8Array()]).toString("latin1"),
    ).not.toMatch(/points|overlay|evd_/);
  });

  test("never stands in the log", async () => {
    const { ann, held, lease } = await opened();
    await desk.as(ann).judging.seal({ ...lease, judgement: judgementOf(-2), viewing: viewingOf() });
    const leaves = await rowsOf(
      desk.owner,
      z.object({ leaf: z.string() }),
      sql`select convert_from(leaf, 'UTF8') as leaf from audit.event
          where convert_from(leaf, 'UTF8') like ${`%${held.caseId}%`}`,
    );
    const sealed = leaves.filter(({ leaf }) => leaf.includes("judgement.seal"));
    expect(sealed).toHaveLength(1);
    expect(leaves.map(({ leaf }) => leaf).join("\n")).not.toMatch(
      /0\.3127|0\.4219|points|viewing|overlay|sharpen/,
    );
  });

  test("may be absent, and is kept beside amendments, too", async () => {
    const { ann, held, lease } = await opened();
    await desk.as(ann).judging.seal({ ...lease, judgement: judgementOf(1) });
    expect(await kept(held.caseId, 0)).toEqual({ probe_viewing: null, candidate_viewing: null });
    const viewing = viewingOf({ candidate: null });
    await desk.as(ann).judging.amend({ ...lease, judgement: judgementOf(2), viewing });
    const amended = await kept(held.caseId, 1);
    expect(amended.probe_viewing).not.toBeNull();
    expect(amended.candidate_viewing).toBeNull();
  });

  test.each([
    ["more than is asked", { ...viewingOf(), note: "a free text" }],
    [
      "points off the picture",
      viewingOf({
        probe: {
          ...side(),
          points: [
            { x: 2, y: 0 },
            { x: 0, y: 0 },
          ],
        },
      }),
    ],
    ["a place that is none", viewingOf({ view: { ...PLACE, scale: 0 } })],
  ])("is refused with %s, and then nothing is sealed", async (_, viewing) => {
    const { ann, lease } = await opened();
    const seal = desk.as(ann).judging.seal({ ...lease, judgement: judgementOf(1), viewing });
    await expect(seal).rejects.toThrow(/viewing/);
    expect(await desk.as(ann).judging.seal({ ...lease, judgement: judgementOf(1) })).toMatchObject({
      remaining: 0,
    });
  });
});

function side() {
  const { probe } = viewingOf();
  if (probe === null) throw new Error("the probe is looked at");
  return probe;
}
