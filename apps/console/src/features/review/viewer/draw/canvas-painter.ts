import { applyTo, type Similarity } from "../similarity.ts";
import { applyTone, isNeutral } from "../tone.ts";
import type { Level, SideName } from "../viewer-state.ts";
import type { Layer, Painter, Scene } from "./scene.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Where a layer is drawn at all, in pixels of the surface. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws without a graphics processor. Measured on two cores with two pictures of 12 megapixels:
 * 60 frames a second, where WebGL in software gives 15 to 20. Tones are computed on what is shown.
 */
export function createCanvasPainter(canvas: HTMLCanvasElement): Painter | null {
  const context = canvas.getContext("2d");
  if (context === null) return null;
  const toned = { probe: createToned(), candidate: createToned() };

  function paint(scene: Scene, side: SideName, area: Area): void {
    const layer = scene.layers[side];
    if (layer === null || context === null) return;
    if (isNeutral(layer.tone)) drawLayer(context, layer);
    else context.drawImage(toned[side](layer, area), area.x, area.y);
  }

  function paintWithin(scene: Scene, side: SideName, area: Area): void {
    if (context === null) return;
    context.save();
    context.beginPath();
    context.rect(area.x, area.y, area.width, area.height);
    context.clip();
    paint(scene, side, area);
    context.restore();
  }

  return {
    kind: "2d",
    draw(scene) {
      const { width, height, edge, mode } = scene;
      const whole = { x: 0, y: 0, width, height };
      context.reset();
      if (mode === "wipe_across") {
        const middle = Math.round(edge);
        paintWithin(scene, "probe", { ...whole, height: middle });
        paintWithin(scene, "candidate", { ...whole, y: middle, height: height - middle });
      } else if (mode === "side" || mode === "wipe") {
        const middle = Math.round(edge);
        paintWithin(scene, "probe", { ...whole, width: middle });
        paintWithin(scene, "candidate", { ...whole, x: middle, width: width - middle });
      } else if (mode === "flicker") paint(scene, scene.front, whole);
      else if (mode === "overlay") {
        paint(scene, "probe", whole);
        context.globalAlpha = scene.opacity;
        paint(scene, "candidate", whole);
      } else {
        // Only where both are is there a difference.
        clipTo(context, scene.layers.probe);
        clipTo(context, scene.layers.candidate);
        paint(scene, "probe", whole);
        context.globalCompositeOperation = "difference";
        paint(scene, "candidate", whole);
      }
      return false;
    },
    end() {
      context.reset();
    },
  };
}

/** One side's picture in its tone; computed again only when something about it changed. */
function createToned(): (layer: Layer, area: Area) => OffscreenCanvas {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let last = "";
  return (layer, area) => {
    const { key, version } = layer.picture;
    const now = JSON.stringify([key, version, layer.place, layer.tone, area]);
    if (now === last || context === null) return canvas;
    last = now;
    const width = Math.max(1, Math.ceil(area.width));
    const height = Math.max(1, Math.ceil(area.height));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.reset();
    const place = { ...layer.place, x: layer.place.x - area.x, y: layer.place.y - area.y };
    drawLayer(context, { ...layer, place });
    const pixels = context.getImageData(0, 0, width, height);
    applyTone(pixels.data, { width, height }, layer.tone, layer.place.scale);
    context.putImageData(pixels, 0, 0);
    return canvas;
  };
}

/** Draws from the smallest size that has enough pixels. */
function drawLayer(context: Context, { picture, place }: Layer): void {
  const level = levelFor(picture.levels, picture.width, place.scale);
  if (level === undefined) return;
  context.save();
  transform(context, place);
  // Anything finer would halve the picture anew in the middle of a movement; it is halved already.
  context.imageSmoothingQuality = "low";
  context.drawImage(level.image, 0, 0, picture.width, picture.height);
  context.restore();
}

function levelFor(levels: readonly Level[], width: number, scale: number): Level | undefined {
  return levels.findLast((level) => level.width >= width * scale * 0.99) ?? levels[0];
}

function transform(context: Context, { scale, angle, mirror, x, y }: Similarity): void {
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const flip = mirror ? -1 : 1;
  context.transform(flip * cos, flip * sin, -sin, cos, x, y);
}

function clipTo(context: Context, layer: Layer | null): void {
  if (layer === null) return;
  const { width, height } = layer.picture;
  context.beginPath();
  for (const [x, y] of [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ] as const) {
    const corner = applyTo(layer.place, { x, y });
    context.lineTo(corner.x, corner.y);
  }
  context.closePath();
  context.clip();
}
