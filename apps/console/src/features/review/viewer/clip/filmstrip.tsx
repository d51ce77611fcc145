import { useEffect, useRef } from "react";
import type { ClipPlayer } from "../../../../lib/media/clip/clip-player.ts";
import { useStore } from "../../../../lib/store.ts";
import { Watermark } from "../../watermark/watermark.tsx";
import type { SideName } from "../viewer-state.ts";
import classes from "../viewer.module.css";

const HEIGHT = 40;

/** The whole clip at a glance: small pictures, how sharp each frame is, and the sharpest marked. */
export function Filmstrip(props: {
  readonly side: SideName;
  readonly clip: ClipPlayer;
  readonly pins: readonly number[];
  /** Whose name stands over the evidence. */
  readonly who: string;
  readonly onSeek: (frame: number) => void;
}) {
  const { clip, pins } = props;
  const { frame } = useStore(clip.state);
  const survey = useStore(clip.survey);
  const canvas = useRef<HTMLCanvasElement>(null);
  const count = clip.times.length;

  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    const paint = (): void => paintStrip(current, clip, pins);
    const resized = new ResizeObserver(paint);
    resized.observe(current);
    return () => resized.disconnect();
  }, [clip, survey, pins]);

  const seconds = clip.times[frame]?.start ?? 0;
  const isSharp = survey.sharpest.includes(frame);
  return (
    <div
      className={classes.strip}
      title="The lower edge tells how sharp each frame is; white marks are the sharpest, amber ones your pins"
    >
      <canvas ref={canvas} aria-hidden="true" />
      <Watermark who={props.who} over="strip" />
      <input
        type="range"
        min={0}
        max={Math.max(0, count - 1)}
        value={frame}
        aria-label={`Frame of the ${props.side}’s clip`}
        aria-valuetext={`frame ${frame + 1} of ${count}, ${seconds.toFixed(2)} seconds${isSharp ? ", one of the sharpest" : ""}`}
        onChange={(event) => props.onSeek(Number(event.currentTarget.value))}
      />
    </div>
  );
}

function paintStrip(canvas: HTMLCanvasElement, clip: ClipPlayer, pins: readonly number[]): void {
  const context = canvas.getContext("2d");
  const { thumbs, sharpness, sharpest } = clip.survey.get();
  const density = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth, HEIGHT];
  if (context === null || width === 0) return;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  context.scale(density, density);
  const count = Math.max(1, clip.times.length);
  const every = [...thumbs.keys()];
  const slot = (height * clip.width) / clip.height;
  for (let x = 0; x < width && every.length > 0; x += slot) {
    const wanted = ((x + slot / 2) / width) * count;
    const near = every.reduce((best, each) =>
      Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best,
    );
    const thumb = thumbs.get(near);
    if (thumb !== undefined && thumb.width > 0) context.drawImage(thumb, x, 0, slot, height);
  }
  const style = getComputedStyle(canvas);
  const known = sharpness.filter((value) => value !== undefined);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const step = width / count;
  context.fillStyle = "rgb(0 0 0 / 55%)";
  context.fillRect(0, height - 11, width, 11);
  for (const [index, value] of sharpness.entries()) {
    const tall = 2 + (8 * ((value ?? least) - least)) / Math.max(1e-9, most - least);
    context.fillStyle = sharpest.includes(index) ? "#ffffff" : "rgb(255 255 255 / 55%)";
    context.fillRect(index * step, height - tall, Math.max(0.75, step - 1), tall);
  }
  for (const index of sharpest) {
    const x = (index + 0.5) * step;
    context.fillStyle = "#ffffff";
    context.strokeStyle = "rgb(0 0 0 / 80%)";
    context.beginPath();
    context.moveTo(x - 5, 0);
    context.lineTo(x + 5, 0);
    context.lineTo(x, 7);
    context.closePath();
    context.stroke();
    context.fill();
  }
  for (const index of pins) {
    context.fillStyle = style.getPropertyValue("--sl-warn");
    context.fillRect((index + 0.5) * step - 1, 0, 2, height);
  }
}
