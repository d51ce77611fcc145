import { type ReactNode, useEffect, useRef } from "react";
import { setAmount } from "./compare-modes.ts";
import { drag, hitOf, pickAt, zoomAt } from "./pointer.ts";
import type { Point } from "./similarity.ts";
import { isPicking } from "./viewer-state.ts";
import type { Viewer } from "./viewer.ts";
import classes from "./viewer.module.css";
import { useFact } from "./use-viewer.ts";

/** Less than this between press and release is a click, in CSS pixels. */
const CLICK = 4;

/** Where pointers move, magnify, wipe and pick. */
export function StageSurface(props: { readonly viewer: Viewer; readonly children: ReactNode }) {
  const { viewer } = props;
  const element = useRef<HTMLDivElement>(null);
  const picking = useFact(viewer.state, isPicking);

  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    // React listens passively to the wheel, and then the page would scroll along.
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.04 : 0.0015));
      zoomAt(viewer, placeIn(current, event), factor);
    };
    current.addEventListener("wheel", onWheel, { passive: false });
    return () => current.removeEventListener("wheel", onWheel);
  }, [viewer]);

  function onPointerDown(event: React.PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0 || isControl(event.target)) return;
    const stage = event.currentTarget;
    stage.setPointerCapture(event.pointerId);
    const start = placeIn(stage, event);
    const hit = hitOf(viewer, start);
    let last = start;
    const onMove = (move: PointerEvent): void => {
      const now = placeIn(stage, move);
      drag(viewer, hit, { x: now.x - last.x, y: now.y - last.y });
      last = now;
    };
    const onUp = (up: PointerEvent): void => {
      stage.removeEventListener("pointermove", onMove);
      stage.removeEventListener("pointerup", onUp);
      stage.removeEventListener("pointercancel", onUp);
      const far = Math.hypot(last.x - start.x, last.y - start.y);
      if (up.type === "pointerup" && far < CLICK && viewer.state.get().picking !== null) {
        pickAt(viewer, start);
      }
    };
    stage.addEventListener("pointermove", onMove);
    stage.addEventListener("pointerup", onUp);
    stage.addEventListener("pointercancel", onUp);
  }

  return (
    <div
      ref={element}
      className={classes.surface}
      data-picking={picking}
      onPointerDown={onPointerDown}
    >
      {props.children}
    </div>
  );
}

/** The line that divides a wipe, to be dragged. By keyboard its amount is changed. */
export function WipeHandle({
  viewer,
  mode,
}: {
  readonly viewer: Viewer;
  readonly mode: "wipe" | "wipe_across";
}) {
  const handle = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (): void => {
      const { split } = viewer.state.get();
      const at = `${split * 100}%`;
      handle.current?.style.setProperty(mode === "wipe" ? "left" : "top", at);
    };
    place();
    return viewer.state.subscribe(place);
  }, [viewer, mode]);
  return (
    <div
      ref={handle}
      className={classes.handle}
      data-control
      data-mode={mode}
      aria-hidden="true"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const stage = event.currentTarget.parentElement;
        if (stage === null) return;
        const at = placeIn(stage, event);
        const { width, height } = viewer.stage.get();
        viewer.edit((state) => setAmount(state, mode === "wipe" ? at.x / width : at.y / height));
      }}
    />
  );
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("button, input, [data-control]") !== null;
}

function placeIn(element: Element, at: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: at.clientX - left, y: at.clientY - top };
}
