import { type ReactNode, useEffect, useRef } from "react";
import type { StageControl } from "./stage-control.ts";
import { type PanePoint, panBy, type StageView, zoomAt } from "./stage-view.ts";
import classes from "./stage.module.css";

/**
 * The moving part of a pane. Shift and magnification are written straight to the element, so that
 * panning does not render the workbench.
 */
export function ZoomLayer(props: { readonly control: StageControl; readonly children: ReactNode }) {
  const { control } = props;
  const frame = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = layer.current;
    if (element === null) return;
    const show = () => paint(element, control.view.get());
    show();
    return control.view.subscribe(show);
  }, [control]);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // React listens passively to the wheel, and then the page would scroll along.
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.04 : 0.0015));
      control.view.set(zoomAt(control.view.get(), factor, pointIn(element, event)));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [control]);

  function onPointerMove(event: React.PointerEvent<HTMLDivElement>): void {
    const element = event.currentTarget;
    if (!element.hasPointerCapture(event.pointerId)) return;
    const { width, height } = element.getBoundingClientRect();
    control.view.set(panBy(control.view.get(), event.movementX / width, event.movementY / height));
  }

  return (
    <div
      ref={frame}
      className={classes.frame}
      onPointerDown={(event) => {
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
    >
      <div ref={layer} className={classes.layer}>
        {props.children}
      </div>
    </div>
  );
}

function paint(element: HTMLElement, { scale, x, y }: StageView): void {
  element.style.transform = `translate(${x * 100}%, ${y * 100}%) scale(${scale})`;
}

function pointIn(element: HTMLElement, at: { clientX: number; clientY: number }): PanePoint {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (at.clientX - left) / width - 0.5, y: (at.clientY - top) / height - 0.5 };
}
