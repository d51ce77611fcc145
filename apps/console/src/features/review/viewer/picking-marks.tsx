import { useStore } from "../../../lib/store.ts";
import { KeyCap } from "../key-cap.tsx";
import { pickingWords } from "./picking.ts";
import { panesOf, placesOf } from "./places.ts";
import { applyTo } from "./similarity.ts";
import { SIDES } from "./viewer-state.ts";
import type { Viewer } from "./viewer.ts";
import { useFact } from "./use-viewer.ts";
import classes from "./viewer.module.css";

/** What is to be marked, the points put so far, and the keyboard's crosshair. */
export function PickingMarks({ viewer }: { readonly viewer: Viewer }) {
  return useFact(viewer.state, isPicking) ? <Marks viewer={viewer} /> : null;
}

const isPicking = (state: { readonly picking: unknown }): boolean => state.picking !== null;

function Marks({ viewer }: { readonly viewer: Viewer }) {
  const state = useStore(viewer.state);
  const pictures = useStore(viewer.pictures);
  const stage = useStore(viewer.stage);
  const { picking } = state;
  if (picking === null) return null;
  const panes = panesOf("side", stage);
  const places = placesOf(state, pictures, panes);
  const onStage = (side: "probe" | "candidate", at: { x: number; y: number }) => {
    const pane = panes[side];
    const unit = Math.min(pane.width, pane.height);
    return {
      x: pane.left + pane.width / 2 + at.x * unit,
      y: pane.top + pane.height / 2 + at.y * unit,
    };
  };
  const cursor = onStage(picking.side, picking.cursor);
  return (
    <>
      <svg className={classes.marks} aria-hidden="true">
        {SIDES.flatMap((side) =>
          picking.put[side].map((ratio, index) => {
            const [picture, place] = [pictures[side], places[side]];
            if (picture === null || place === null) return null;
            const pixel = { x: ratio.x * picture.width, y: ratio.y * picture.height };
            const at = onStage(side, applyTo(place, pixel));
            // oxlint-disable-next-line react/no-array-index-key -- points have an order and no name
            return <circle key={`${side}${index}`} cx={at.x} cy={at.y} r={6} />;
          }),
        )}
        <path
          data-crosshair
          d={`M${cursor.x - 14} ${cursor.y}h10m8 0h10M${cursor.x} ${cursor.y - 14}v10m0 8v10`}
        />
      </svg>
      <output className={classes.note}>
        <span>{pickingWords(picking)}</span>
        <span>
          <KeyCap of="pan_left" /> <KeyCap of="pan_right" /> <KeyCap of="pan_up" />{" "}
          <KeyCap of="pan_down" /> move the cross, finer with each turn back; <kbd>Enter</kbd> puts
          a point · <KeyCap of="leave" /> leaves it
        </span>
      </output>
    </>
  );
}
