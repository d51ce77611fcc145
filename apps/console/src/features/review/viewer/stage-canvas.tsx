import { useEffect, useRef } from "react";
import { createPainter } from "./draw/choose-painter.ts";
import { type Painter, type Scene, sceneOf } from "./draw/scene.ts";
import { prefersReducedMotion } from "./reduced-motion.ts";
import type { Viewer } from "./viewer.ts";
import classes from "./viewer.module.css";

/**
 * The drawing under both panes. It is drawn once a frame at most, and only when something changed;
 * nothing of it goes through React.
 */
export function StageCanvas(props: { readonly viewer: Viewer; readonly covered: boolean }) {
  const { viewer } = props;
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    return element === null ? undefined : drawOn(element, viewer);
  }, [viewer]);
  return <div ref={host} className={classes.canvas} data-covered={props.covered} />;
}

/** A drawing that takes longer can't be made anew with every frame, in milliseconds. */
const SLOW = 9;
/** Frames closer than this belong to one movement, in milliseconds. */
const MOVING = 100;
/** A frame that comes later than this after the one before was late: two were due meanwhile. */
const LATE = 25;
/** So many late ones in a row are no accident. */
const LATE_FRAMES = 3;
/** How long such a machine is taken for slow, until all pixels are tried again, in milliseconds. */
const SLOW_FOR = 30_000;

/**
 * Gives the canvas the size of the scene. A new size, or the same one set again, gives up the memory
 * behind it, and a plain canvas then takes 20 to 30 ms to begin anew: one that is high enough stays as
 * it is while the stage gives way to what a step brings, with what is below it out of sight.
 */
function fit(canvas: HTMLCanvasElement, scene: Scene, kind: Painter["kind"] | undefined): void {
  const { width, height } = scene;
  if (canvas.width !== width || canvas.height < height || kind !== "2d") {
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
  }
  canvas.style.height = `${(canvas.height / height) * 100}%`;
}

function drawOn(host: HTMLElement, viewer: Viewer): () => void {
  let request = 0;
  let flickeredAt = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let drawn: readonly unknown[] = [];
  let isSlow = false;
  let slowUntil = 0;
  let late = 0;
  let probe = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;
  const painter = createPainter(host, ask);

  function ask(): void {
    if (request === 0) request = requestAnimationFrame(draw);
  }

  function draw(now: number): void {
    request = 0;
    const stage = viewer.stage.get();
    const { width, height } = stage;
    if (width === 0 || height === 0) return;
    const flickers = flicker(now);
    // Where drawing is slow, movements are drawn in half the pixels, and sharp once they rest.
    const pictures = viewer.pictures.get();
    const shown = [stage, pictures];
    // Other pictures or another size of the stage are no movement, however soon they come.
    const moves = now - drawnAt < MOVING && shown.every((each, at) => each === drawn[at]);
    drawn = shown;
    const coarse = (isSlow || now < slowUntil) && moves;
    const density = window.devicePixelRatio * (coarse ? 0.5 : 1);
    const scene = sceneOf(viewer.state.get(), pictures, {
      width,
      height,
      density,
      front: viewer.front.get(),
    });
    fit(painter.canvas(), scene, painter.current()?.kind);
    const startedAt = performance.now();
    const coming = painter.current()?.draw(scene) ?? false;
    if (!coarse) isSlow = performance.now() - startedAt > SLOW;
    watchPace(now);
    drawnAt = now;
    clearTimeout(settling);
    if (coarse) {
      settling = setTimeout(() => {
        drawnAt = Number.NEGATIVE_INFINITY;
        ask();
      }, MOVING);
    }
    host.dataset["drawing"] = painter.current()?.kind ?? "none";
    if (coming || flickers) ask();
  }

  /**
   * Where the pixels are made elsewhere than here, how long a drawing takes shows only in when the
   * next frame comes.
   */
  function watchPace(now: number): void {
    cancelAnimationFrame(probe);
    probe = requestAnimationFrame((next) => {
      late = next - now > LATE ? late + 1 : 0;
      if (late >= LATE_FRAMES) slowUntil = next + SLOW_FOR;
    });
  }

  /** Changes the side that is on show when its time is over; true while that goes on. */
  function flicker(now: number): boolean {
    const { mode, rate } = viewer.state.get();
    if (mode !== "flicker" || prefersReducedMotion()) return false;
    if (now - flickeredAt >= 1000 / rate) {
      flickeredAt = now;
      viewer.front.set(viewer.front.get() === "probe" ? "candidate" : "probe");
    }
    return true;
  }

  const resized = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    viewer.stage.set({ width, height });
  });
  resized.observe(host);
  const unsubscribe = [viewer.state, viewer.pictures, viewer.stage].map((store) =>
    store.subscribe(ask),
  );
  ask();
  return () => {
    for (const each of unsubscribe) each();
    resized.disconnect();
    cancelAnimationFrame(request);
    cancelAnimationFrame(probe);
    clearTimeout(settling);
    painter.end();
  };
}
