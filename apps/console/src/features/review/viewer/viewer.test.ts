import { expect, test } from "vitest";
import { flip, turn } from "./moves.ts";
import { IDENTITY } from "./similarity.ts";
import { createViewer } from "./viewer.ts";
import type { Picture } from "./viewer-state.ts";

const picture = (evidenceId: string): Picture => ({
  key: `${evidenceId}/face`,
  shown: { evidenceId, rendition: "face", frameSeconds: null },
  width: 10,
  height: 10,
  levels: [],
  version: 0,
  face: null,
});

test("what was done to one picture alone does not meet the next, and is there when it comes back", () => {
  const viewer = createViewer();
  const own = () => viewer.state.get().own.candidate;
  viewer.show("probe", picture("evd_p"));
  viewer.show("candidate", picture("evd_a"));
  viewer.edit((state) => flip(turn({ ...state, target: "candidate" }, Math.PI / 2)));
  const turned = own();
  expect(turned.angle).toBeCloseTo(Math.PI / 2);

  viewer.show("candidate", null);
  viewer.show("candidate", picture("evd_b"));
  expect(own()).toEqual(IDENTITY);
  expect(viewer.state.get().mirror.candidate).toBe(false);

  viewer.show("candidate", picture("evd_a"));
  expect(own()).toEqual(turned);
  expect(viewer.state.get().mirror).toEqual({ probe: false, candidate: true });

  viewer.reset();
  viewer.show("candidate", picture("evd_b"));
  viewer.show("candidate", picture("evd_a"));
  expect(own()).toEqual(IDENTITY);
});
