import { createCanvasPainter } from "./canvas-painter.ts";
import { createGlPainter } from "./gl-painter.ts";
import type { Painter } from "./scene.ts";

/** Software stands in for a graphics processor; then a plain canvas is several times quicker. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Set to `gl` or `2d` in this browser's storage where a driver misdraws; otherwise measured. */
const KEY = "secondlook-drawing";

/**
 * Puts a canvas into the host and takes the painter that is quickest on this machine. Where the
 * graphics processor is lost, the plain canvas takes over.
 */
export function createPainter(
  host: HTMLElement,
  changed: () => void,
): {
  readonly current: () => Painter | null;
  readonly canvas: () => HTMLCanvasElement;
  readonly end: () => void;
} {
  let canvas = freshCanvas(host);
  let painter = wantsGl() ? createGlPainter(canvas, fallBack) : null;
  if (painter === null) {
    canvas = freshCanvas(host);
    painter = createCanvasPainter(canvas);
  }

  function fallBack(): void {
    canvas = freshCanvas(host);
    painter = createCanvasPainter(canvas);
    changed();
  }

  return {
    current: () => painter,
    canvas: () => canvas,
    end() {
      painter?.end();
      host.replaceChildren();
    },
  };
}

function freshCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.ariaHidden = "true";
  host.replaceChildren(canvas);
  return canvas;
}

function wantsGl(): boolean {
  const chosen = stored();
  if (chosen !== null) return chosen === "gl";
  const gl = document.createElement("canvas").getContext("webgl2");
  if (gl === null) return false;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return !SOFTWARE.test(name);
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
