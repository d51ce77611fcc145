import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { openConsole } from "../../../test-support/open-console.tsx";
import type { EvidenceView } from "../../lib/contract.ts";
import {
  AT_REST,
  type ClipPlayer,
  NO_SURVEY,
  type Survey,
} from "../../lib/media/clip/clip-player.ts";
import { preferences } from "../../lib/preferences.ts";
import { createStore } from "../../lib/store.ts";
import { REVIEW_KEYS, type ReviewCommand } from "./keys.ts";
import { createStageControl } from "./stage/stage-control.ts";
import { EvidenceBar } from "./stage/evidence-bar.tsx";
import { AmountSlider } from "./viewer/amount-slider.tsx";
import { ClipBar } from "./viewer/clip/clip-bar.tsx";
import { PickingMarks } from "./viewer/picking-marks.tsx";
import { Toolbar } from "./viewer/toolbar.tsx";

/** A key of its own for each command, such as nobody would write into the code by hand. */
const OWN = Object.fromEntries(
  REVIEW_KEYS.filter((binding) => binding.fixed !== true).map(({ id }, index) => [
    id,
    String.fromCodePoint(0x4e00 + index),
  ]),
);
const own = (command: ReviewCommand): string => OWN[command] ?? "";
const SAME_FOR_EVERYBODY = ["Enter", "Shift Enter", "Esc", "Esc, then Enter", ""];

/** Every key that is told on the page: on caps, at the end of tips, and on the scale. */
function hints(): string[] {
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  const caps = all("kbd, [aria-label='Is it the same person?'] button > span:first-child");
  const tips = all("[data-tip], [title]").flatMap((element) => {
    const tip = element.getAttribute("data-tip") ?? element.getAttribute("title") ?? "";
    return / · (.+?)(, again)?$/.exec(tip)?.[1] ?? [];
  });
  return [...caps.map((cap) => cap.textContent.trim()), ...tips];
}

/** Those that are neither somebody's own nor the same for everybody. */
function foreign(): string[] {
  const known = [...Object.values(OWN), ...SAME_FOR_EVERYBODY];
  return hints().filter((hint) => !known.includes(hint));
}

test("whoever changed every key is told no other one, from the first look to the undo", async () => {
  await using console = await openConsole("undo");
  const { screen, user } = console;
  await screen.findByRole("button", { name: /Decide “Duplicate”/ });
  // The console's modules began anew with it.
  const fresh = await import("../../lib/preferences.ts");
  await fresh.preferences.change({ keys: OWN, tourDone: false });
  await screen.findByRole("button", { name: `Pause ${own("pause")}` });
  expect(hints().length).toBeGreaterThan(30);
  expect(foreign()).toEqual([]);

  await user.keyboard(own("amend"));
  await screen.findByText(/The sealed rating stays/);
  expect(foreign()).toEqual([]);
  await user.keyboard(own("amend"));
  await user.keyboard(own("tone"));
  await screen.findByRole("slider", { name: "Contrast" });
  expect(foreign()).toEqual([]);
  await user.keyboard("{Escape}");

  await user.keyboard("{Enter}");
  await screen.findByRole("button", { name: /press again/ });
  await user.keyboard("{Enter}");
  await screen.findByRole("button", { name: `Undo ${own("undo")}` });
  expect(foreign()).toEqual([]);
});

test("a case to be judged tells one's own keys only", async () => {
  await using console = await openConsole("busy");
  const { screen, user } = console;
  await screen.findByText("Not rated yet");
  const fresh = await import("../../lib/preferences.ts");
  await fresh.preferences.change({ keys: OWN, tourDone: false });
  await screen.findByRole("button", { name: `Pause ${own("pause")}` });
  expect(foreign()).toEqual([]);
  await user.keyboard("{Enter}");
  await screen.findByText(new RegExp(`Rate the pair with the keys ${own("rate_1")}, `));
  await user.keyboard(own("never_cover"));
  await screen.findByText(/uncovers this case/);
  expect(foreign()).toEqual([]);
});

test("the stage's tools tell one's own keys: comparing, points, clips, pinned frames", () => {
  preferences.load({ keys: OWN, tourDone: true });
  const { viewer, does, clips } = createStageControl(() => undefined);
  const clip = restingClip();
  for (const side of ["probe", "candidate"] as const) {
    viewer.setClip(side, clip);
    viewer.show(side, {
      key: side,
      shown: { evidenceId: `evd_${side}`, rendition: "clip", frameSeconds: 0 },
      width: 10,
      height: 10,
      levels: [],
      version: 0,
      face: null,
    });
  }
  viewer.marks.set({ inStep: false, pins: { evd_probe: [3] } });
  does.pickPoints();
  does.toggleTone();
  const photo: EvidenceView = {
    evidenceId: "evd_probe",
    kind: "id_photo",
    marks: [],
    width: 10,
    height: 10,
    frames: null,
    durationMs: null,
    codec: null,
    faceIn: null,
    renditions: [],
  };
  render(
    <>
      <Toolbar viewer={viewer} does={does} closed={false} />
      <AmountSlider viewer={viewer} mode="wipe" />
      <PickingMarks viewer={viewer} />
      <ClipBar viewer={viewer} side="probe" evidenceId="evd_probe" does={clips} who="Rosa" />
      <EvidenceBar
        side="probe"
        evidence={[photo]}
        view={{ index: 0, extent: "face" }}
        viewer={viewer}
        onSwitch={() => undefined}
        onExtent={() => undefined}
        onPin={() => undefined}
      />
    </>,
  );
  expect(hints().length).toBeGreaterThan(30);
  expect(foreign()).toEqual([]);
});

function restingClip(): ClipPlayer {
  const nothing = () => undefined;
  return {
    state: createStore(AT_REST),
    survey: createStore<Survey>({ ...NO_SURVEY, sharpest: [1] }),
    times: [],
    exact: true,
    surface: document.createElement("canvas"),
    width: 10,
    height: 10,
    target: () => 0,
    play: nothing,
    pause: nothing,
    seek: () => Promise.resolve(),
    setSpeed: nothing,
    setLoop: nothing,
    onFrame: () => nothing,
    close: nothing,
  };
}
