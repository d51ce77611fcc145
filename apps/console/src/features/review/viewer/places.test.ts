import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changePicture, flip, MAX_SCALE, pan, resetPlace, turn, zoom } from "./moves.ts";
import { putPoint, startPicking } from "./picking.ts";
import { canAlign, modeOf, panesOf, placesOf, ratioAt } from "./places.ts";
import { applyTo, type Point } from "./similarity.ts";
import {
  type Picture,
  type Pictures,
  START,
  type Target,
  type ViewerState,
} from "./viewer-state.ts";

const STAGE = { width: 1101, height: 600 };
const PANES = panesOf("side", STAGE);

function picture(key: string, change: Partial<Picture> = {}): Picture {
  return {
    key,
    shown: { evidenceId: `evd_${key}`, rendition: "face", frameSeconds: null },
    width: 800,
    height: 600,
    levels: [],
    version: 0,
    face: null,
    ...change,
  };
}

const PAIR: Pictures = {
  probe: picture("a"),
  candidate: picture("b", { width: 3000, height: 4000 }),
};

const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const target = fc.constantFrom<Target>("both", "probe", "candidate");

type Step = (state: ViewerState) => ViewerState;
/** Whatever a reviewer may have done before. */
const steps = fc.array(
  fc.oneof(
    fc.tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), place, place).map(
      ([factor, x, y]): Step =>
        (state) =>
          zoom(state, factor, { x, y }),
    ),
    fc.tuple(place, place).map(
      ([x, y]): Step =>
        (state) =>
          pan(state, x, y),
    ),
    fc.double({ min: -3, max: 3, noNaN: true }).map(
      (angle): Step =>
        (state) =>
          turn(state, angle),
    ),
    fc.constant<Step>(flip),
    target.map((to): Step => (state) => ({ ...state, target: to })),
  ),
  { maxLength: 12 },
);
const done = (all: readonly Step[]): ViewerState => all.reduce((state, step) => step(state), START);

function seen(state: ViewerState, side: "probe" | "candidate", at: Point): Point {
  const [picture, place] = [PAIR[side], placesOf(state, PAIR, PANES)[side]];
  if (picture === null || place === null) throw new Error("both sides have a picture");
  return applyTo(place, { x: at.x * picture.width, y: at.y * picture.height });
}

describe("places on the stage", () => {
  it("show the whole picture in the middle of its pane, whatever its shape", () => {
    for (const side of ["probe", "candidate"] as const) {
      const middle = seen(START, side, { x: 0.5, y: 0.5 });
      expect(Math.hypot(middle.x, middle.y)).toBeLessThan(1e-9);
      const corner = seen(START, side, { x: 0, y: 0 });
      expect(Math.max(Math.abs(corner.x) * 550, Math.abs(corner.y) * 550)).toBeLessThanOrEqual(
        300.01,
      );
    }
  });

  it("find the point of a picture under a pointer, after any moves", () => {
    fc.assert(
      fc.property(steps, ratio, ratio, (all, x, y) => {
        const state = done(all);
        const [probe, at] = [PAIR.probe, placesOf(state, PAIR, PANES).probe];
        if (probe === null || at === null) return false;
        const found = ratioAt(probe, at, seen(state, "probe", { x, y }));
        return found === undefined
          ? Math.min(x, y, 1 - x, 1 - y) < 1e-9
          : Math.hypot(found.x - x, found.y - y) < 1e-6;
      }),
    );
  });

  it("keep what lies under the pointer where it is while it is magnified", () => {
    fc.assert(
      fc.property(
        place,
        place,
        fc.double({ min: 1, max: MAX_SCALE, noNaN: true }),
        (x, y, factor) => {
          const before = placesOf(START, PAIR, PANES).probe;
          const zoomed = zoom(START, factor, { x: x / 2, y: y / 2 });
          const after = placesOf(zoomed, PAIR, PANES).probe;
          if (before === null || after === null || PAIR.probe === null) return false;
          const under = ratioAt(PAIR.probe, before, { x: x / 2, y: y / 2 });
          if (under === undefined) return true;
          const now = seen(zoomed, "probe", under);
          return Math.hypot(now.x - x / 2, now.y - y / 2) < 1e-6;
        },
      ),
    );
  });

  it("never grow beyond 16 times, nor get lost off the stage", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { view } = done(all);
        expect(view.scale).toBeLessThanOrEqual(MAX_SCALE + 1e-9);
        expect(view.scale).toBeGreaterThanOrEqual(0.5 - 1e-9);
        expect(Math.abs(view.x)).toBeLessThanOrEqual(0.75 * Math.max(1, view.scale) + 1e-9);
      }),
    );
  });

  it("move one side alone without the other", () => {
    fc.assert(
      fc.property(steps, steps, ratio, ratio, (before, after, x, y) => {
        const start = { ...done(before), target: "candidate" as const };
        const alone = after.reduce((state, step) => {
          const next = step(state);
          return { ...next, target: "candidate" as const };
        }, start);
        const [one, other] = [seen(start, "probe", { x, y }), seen(alone, "probe", { x, y })];
        return Math.hypot(one.x - other.x, one.y - other.y) < 1e-9;
      }),
    );
  });

  it("are as they were after a reset, and one side's own moves end with its picture", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const state = done(all);
        expect(resetPlace({ ...state, tone: START.tone })).toEqual({
          ...START,
          target: state.target,
        });
        const forgotten = changePicture(state, "candidate");
        expect(forgotten.own.candidate).toEqual(START.own.candidate);
        expect(forgotten.own.probe).toEqual(state.own.probe);
        expect(forgotten.view).toEqual(state.view);
      }),
    );
  });
});

describe("alignment", () => {
  const point = fc.record({ x: ratio, y: ratio });
  const pair = fc
    .tuple(point, point)
    .filter(([one, other]) => Math.hypot(one.x - other.x, one.y - other.y) > 0.05);

  it("puts the clicked points of one side on those of the other, however both were moved before", () => {
    fc.assert(
      fc.property(steps, pair, pair, (all, probe, candidate) => {
        const { own: _own, ...shared } = done(all);
        let state = startPicking({ ...START, ...shared, own: START.own, target: "both" }, PAIR);
        state = putPoint(state, PAIR, "probe", probe[0]);
        state = putPoint(state, PAIR, "candidate", candidate[0]);
        state = putPoint(state, PAIR, "candidate", candidate[1]);
        expect(state.align).toBe("off");
        state = putPoint(state, PAIR, "probe", probe[1]);
        expect([state.align, state.picking]).toEqual(["points", null]);
        for (const index of [0, 1] as const) {
          const one = seen(state, "probe", probe[index]);
          const other = seen(state, "candidate", candidate[index]);
          expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it("asks a new candidate alone for points, while the probe keeps its own", () => {
    const points = {
      a: [
        { x: 0.1, y: 0.2 },
        { x: 0.4, y: 0.2 },
      ] as const,
    };
    const started = startPicking({ ...START, points }, PAIR);
    expect(started.picking?.side).toBe("candidate");
    expect(started.picking?.put.probe).toHaveLength(2);
    const both = { ...points, b: points.a };
    expect(startPicking({ ...START, points: both }, PAIR).picking?.put.probe).toEqual([]);
  });

  it("takes two clicks at one place for one", () => {
    const once = putPoint(startPicking(START, PAIR), PAIR, "probe", { x: 0.3, y: 0.3 });
    const twice = putPoint(once, PAIR, "probe", { x: 0.301, y: 0.3 });
    expect(twice.picking?.put.probe).toHaveLength(1);
  });

  it("by boxes needs a box on both sides, and puts their middles on each other", () => {
    const face = { left: 0.4, top: 0.2, width: 0.2, height: 0.3 };
    const boxed: Pictures = {
      probe: picture("a", { face }),
      candidate: picture("b", { width: 3000, height: 4000, face: { ...face, left: 0.1 } }),
    };
    expect(canAlign(START, PAIR, "faces")).toBe(false);
    expect(canAlign(START, boxed, "faces")).toBe(true);
    const places = placesOf({ ...START, align: "faces" }, boxed, PANES);
    if (places.probe === null || places.candidate === null) throw new Error("both are there");
    const one = applyTo(places.probe, { x: 0.5 * 800, y: 0.35 * 600 });
    const other = applyTo(places.candidate, { x: 0.2 * 3000, y: 0.35 * 4000 });
    expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeLessThan(1e-9);
  });
});

describe("ways to compare", () => {
  it("stay side by side while a picture is missing", () => {
    expect(modeOf({ mode: "overlay" }, PAIR)).toBe("overlay");
    expect(modeOf({ mode: "overlay" }, { ...PAIR, candidate: null })).toBe("side");
  });
});
