import { casePayloadSchema, type CasePayload } from "@secondlook/domain/ingest/case-payload";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DrawnEvidence } from "./account-files.ts";
import { caseJson } from "./case-json.ts";
import { demoBundles } from "./demo-cases.ts";
import { casePlans } from "./case-plans.ts";
import { demoSet, workedCases } from "./demo-set.ts";
import { drawBundle, type DemoBundle } from "./draw-bundle.ts";
import { makePlans } from "./made/make-plans.ts";
import type { CasePlan } from "./plan.ts";
import { writeBundle } from "./write-bundle.ts";

const now = new Date("2026-11-20T12:00:00Z");
const everything = [...demoSet, ...workedCases];

/** A case's JSON with evidence that was not drawn: drawing takes seconds and is tested once below. */
function quickCase(plan: CasePlan): CasePayload {
  const evidence = (ref: string): DrawnEvidence[] => [
    {
      evidence: { ref, kind: "id_photo" },
      file: { fileName: ref, mediaType: "image/jpeg", bytes: new Uint8Array() },
    },
  ];
  return casePayloadSchema.parse(
    caseJson({
      plan,
      seed: 7,
      now,
      probe: evidence("id"),
      candidates: plan.candidates.map((_, i) => evidence(`c${i + 1}-id`)),
    }),
  );
}

describe("the demo's cases", () => {
  it("are sixty, those made by hand first, with the variety a day of review has", () => {
    expect(demoSet).toHaveLength(60);
    expect(demoSet.slice(0, casePlans.length)).toEqual(casePlans);
    expect(new Set(demoSet.map((plan) => plan.truth.outcome)).size).toBe(5);
    expect(new Set(demoSet.map((plan) => plan.region.slice(0, 2))).size).toBe(10);
    expect(new Set(demoSet.map((plan) => plan.priority)).size).toBe(4);
    expect(new Set(demoSet.map((plan) => plan.truth.machineWasRight))).toEqual(
      new Set([true, false, undefined]),
    );
    expect(new Set(demoSet.map((plan) => plan.matcher.scoreScale))).toEqual(
      new Set(["0-1", "0-100", "none"]),
    );
    const probes = demoSet.map((plan) => plan.probe);
    const accounts = demoSet.flatMap((plan) => [plan.probe, ...plan.candidates]);
    expect(demoSet.some((plan) => plan.candidates.length === 0)).toBe(true);
    expect(demoSet.some((plan) => plan.candidates.length >= 8)).toBe(true);
    expect(probes.some((probe) => probe.clip === undefined)).toBe(true);
    expect(probes.filter((probe) => probe.clip?.broken === true).length).toBeGreaterThan(0);
    expect(probes.some((probe) => probe.clip?.lengthInHeader === false)).toBe(true);
    expect(accounts.some((account) => account.card?.missing === true)).toBe(true);
    expect(accounts.some((account) => account.card?.exifTurned === true)).toBe(true);
    expect(accounts.some((account) => account.fullName.length > 40)).toBe(true);
  });

  it("are written in Latin, Vietnamese, Arabic, Chinese and Cyrillic letters", () => {
    const names = demoSet.map((plan) => plan.probe.fullName).join(" ");
    for (const script of [
      /[A-Z][a-z]/,
      /[ễầạọữ]/,
      /\p{Script=Arabic}/u,
      /\p{Script=Han}/u,
      /\p{Script=Cyrillic}/u,
    ])
      expect(names).toMatch(script);
  });

  it("meet one ring of accounts with one device and payout account in several cases", () => {
    const cases = (device: string): number =>
      demoSet.filter((plan) => plan.probe.deviceId === device).length;
    expect(Math.max(...demoSet.map((plan) => cases(plan.probe.deviceId)))).toBeGreaterThan(2);
  });

  it("are the same whatever their count, and others for another seed", () => {
    expect(makePlans({ seed: 3, count: 30 }).slice(0, 4)).toEqual(makePlans({ seed: 3, count: 4 }));
    expect(makePlans({ seed: 3, count: 1 })).not.toEqual(makePlans({ seed: 4, count: 1 }));
  });

  it("are taken by the schema of POST /v1/cases, each account and case named once", () => {
    const accounts = everything.flatMap((plan) =>
      [plan.probe, ...plan.candidates].map((account) => account.externalId),
    );
    expect(new Set(accounts).size).toBe(accounts.length);
    expect(new Set(everything.map((plan) => plan.externalId)).size).toBe(everything.length);
    for (const plan of everything) expect(quickCase(plan).externalId).toMatch(/^ver_/);
  });

  it("are due in the future", () => {
    for (const plan of everything) {
      const payload = quickCase(plan);
      const due =
        Date.parse(payload.flaggedAt) + POLICY_V1.base.slaMinutes[payload.priority] * 60_000;
      expect(due, plan.name).toBeGreaterThan(now.getTime() + 30 * 60_000);
    }
  });

  it("name as shared what both accounts really have, and nothing else", () => {
    for (const plan of everything) {
      for (const candidate of plan.candidates) {
        const shared = (
          [
            "payoutAccount",
            "deviceId",
            "address",
            "ipAddress",
            "email",
            "phone",
            "documentNumber",
          ] as const
        ).filter((name) => candidate[name] === plan.probe[name]);
        expect(candidate.sharedSignals.toSorted(), `${plan.name} ${candidate.externalId}`).toEqual(
          shared.toSorted(),
        );
      }
    }
  });

  it("know their truth, and never send it", () => {
    for (const plan of everything) {
      const same = plan.candidates
        .filter((candidate) => candidate.role === plan.probe.role)
        .map((candidate) => candidate.externalId);
      expect(plan.truth.same, plan.name).toEqual(same);
      expect(JSON.stringify(quickCase(plan))).not.toContain(plan.truth.note);
    }
  });

  it("use only addresses and numbers that are kept for examples", () => {
    for (const plan of everything) {
      for (const account of [plan.probe, ...plan.candidates]) {
        expect(account.email).toMatch(/@example\.(com|net|org)$/);
        expect(account.ipAddress).toMatch(/^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/);
      }
    }
  });
});

describe("drawing", () => {
  it("ends at once when it is told to, in the middle of a case", async () => {
    const stop = new AbortController();
    const bundles = demoBundles({ seed: 7, now, threads: 1, signal: stop.signal });
    const first = bundles.next();
    stop.abort(new Error("told to stop"));
    await expect(first).rejects.toThrow("told to stop");
    expect(await bundles.next()).toEqual({ done: true, value: undefined });
  });

  it("draws nothing where nothing is wanted", async () => {
    expect(await Array.fromAsync(demoBundles({ seed: 7, now, wanted: () => false }))).toEqual([]);
  });
});

describe("a drawn case", () => {
  const first = casePlans[0];
  if (first === undefined) throw new Error("the demo has no cases");

  it(
    "is whole, and the same in a thread of its own as in this one",
    { timeout: 120_000 },
    async () => {
      const here = await drawBundle(first, { seed: 7, now });
      let there: DemoBundle | undefined;
      for await (const bundle of demoBundles({ seed: 7, now, threads: 1 })) {
        there = bundle;
        break;
      }
      expect(there?.case).toEqual(here.case);
      const payload = casePayloadSchema.parse(here.case);
      const evidence = [
        ...payload.evidence,
        ...payload.candidates.flatMap((candidate) => candidate.evidence),
      ];
      expect(evidence.map((item) => item.ref)).toEqual([...here.files.keys()]);
      for (const item of evidence) {
        const file = here.files.get(item.ref);
        expect(file?.bytes.length).toBeGreaterThan(10_000);
        expect(
          Buffer.compare(
            file?.bytes ?? new Uint8Array(),
            there?.files.get(item.ref)?.bytes ?? new Uint8Array(),
          ),
        ).toBe(0);
        if (item.kind === "face_clip") {
          expect(file?.bytes.length).toBeLessThan(600_000);
          continue;
        }
        const { left, top, width, height } = item.faceBox ?? {
          left: -1,
          top: -1,
          width: 0,
          height: 0,
        };
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
        expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(1);
      }

      const parent = await mkdtemp(join(tmpdir(), "secondlook-bundle-"));
      try {
        const folder = await writeBundle(here, parent);
        expect(JSON.parse(await readFile(join(folder, "case.json"), "utf8"))).toEqual(here.case);
        const written = await readdir(folder);
        for (const file of here.files.values()) expect(written).toContain(file.fileName);
      } finally {
        await rm(parent, { recursive: true });
      }
    },
  );
});
