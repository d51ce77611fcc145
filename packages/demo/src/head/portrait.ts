import type { Capture, Pose } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { createRandom } from "../people/random.ts";
import { createBackground, developBackdrop } from "../render/background.ts";
import {
  createPosedMesh,
  poseMesh,
  projectMesh,
  rotationOf,
  turnPoint,
  type Camera,
} from "../render/camera.ts";
import { clamp, linearRgb } from "../render/math.ts";
import { createNoise } from "../render/noise.ts";
import { softenFigure } from "../pictures/soften.ts";
import { borrowSheet, drawMesh, type CoverTest } from "../render/raster.ts";
import { lampDirection, shade } from "../render/shading.ts";
import type { Palette } from "../render/surfaces.ts";
import { createShadowMap, type ShadowMap } from "../render/shadow.ts";
import type { Gaze } from "./eye-paint.ts";
import { createFaceTexture } from "./face-texture.ts";
import { hairColour } from "./hair-colour.ts";
import { glassesMeshes } from "./glasses-meshes.ts";
import { cuts, hairEdge } from "./hair-cuts.ts";
import { hairCurl, hairMeshes } from "./hair-meshes.ts";
import { scarfMesh } from "./scarf-mesh.ts";
import { bodyMeshes, earMeshes, headMesh } from "./head-meshes.ts";
import { headShape } from "./head-shape.ts";
import { skinColour, skinPainter } from "./skin-paint.ts";

/** One drawn frame: 8-bit RGB, row by row. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** Around forehead, chin and cheeks, as parts of the picture. */
  readonly face: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

export interface Model {
  /** Draws the person in a pose; the gaze and blink may differ each time. */
  frame(pose: Pose, gaze: Gaze): Frame;
}

export interface ModelOptions {
  readonly width: number;
  readonly height: number;
  /** Fineness of texture and meshes for their size in the picture: 1 as pictures need it, 0.8 for clips. */
  readonly fineness: number;
  /** How far the lens is out of focus: blur radius in pixels, 0 by default. */
  readonly blur?: number;
  /** Only one frame will be asked for, whose unseen parts need not be painted. */
  readonly once?: boolean;
}

const cloths = [
  linearRgb(40, 46, 62),
  linearRgb(196, 194, 188),
  linearRgb(92, 34, 40),
  linearRgb(52, 76, 70),
  linearRgb(34, 34, 36),
  linearRgb(112, 126, 152),
  linearRgb(150, 120, 88),
  linearRgb(214, 208, 196),
] as const;

function paletteOf(person: Person, capture: Capture, age: number): Palette {
  const random = createRandom("palette", capture.seed);
  const cloth = cloths[Math.floor(clamp(capture.clothes, 0, 0.999) * cloths.length)] ?? cloths[0];
  return {
    skin: skinColour(person),
    hair: hairColour(person, age),
    cloth,
    scarf: random.pick([
      linearRgb(64, 74, 98),
      linearRgb(176, 158, 142),
      linearRgb(44, 44, 48),
      linearRgb(120, 62, 70),
      linearRgb(92, 112, 100),
    ]),
    frame: random.pick([linearRgb(24, 22, 22), linearRgb(70, 44, 28), linearRgb(90, 92, 98)]),
  };
}

/**
 * The last model, which nothing reads. V8 drops the compiled code of functions that close over
 * something with the last of them: without this, most drawing code was compiled anew after each
 * collection of garbage, which took a third of the time.
 */
const kept: { model?: Model } = {};

/** Builds everything about a person in one capture that does not change from frame to frame. */
export function createModel(person: Person, capture: Capture, options: ModelOptions): Model {
  const { width, height } = options;
  const shape = headShape(person, capture);
  const cut = cuts[capture.hair];
  const tall = 11.6 - shape.landmarks.chinY;
  const camera: Camera = {
    distance: capture.lensDistance,
    scale: (capture.headHeight * height) / tall,
    centerX: width * (0.5 + capture.offset.x),
    centerY: height * (0.47 + capture.offset.y),
  };
  // Spots of the texture a centimetre: as many as pixels; more would not be seen.
  const textureRows = Math.round(clamp(camera.scale * options.fineness * 0.88, 6, 26) * 20.5);
  const detail = clamp(camera.scale * options.fineness * 0.046, 0.55, 1.2);
  const shadowSize = Math.round(clamp(camera.scale * 9, 83, 240));
  const skinNoise = createNoise(`skin ${person.id}`);
  const noise = createNoise(`strands ${capture.seed}`);
  const texture = createFaceTexture({
    person,
    shape,
    noise: skinNoise,
    ...(capture.headscarf || cut.fringe !== undefined
      ? {}
      : {
          roots: {
            edge: hairEdge(person, capture.hair, shape.landmarks.hairlineY),
            colour: hairColour(person, shape.landmarks.age),
          },
        }),
    paintSkin: skinPainter(person, capture, shape.landmarks, skinNoise),
    width: Math.round(textureRows * 0.85),
    height: textureRows,
    lazy: options.once === true,
  });
  const meshes = [
    headMesh(shape, detail),
    ...bodyMeshes(person, detail),
    ...(capture.headscarf
      ? [scarfMesh(shape, noise, detail)]
      : [...earMeshes(person, shape), ...hairMeshes({ person, capture, shape, noise, detail })]),
    ...glassesMeshes(capture, shape),
  ];
  const shaved = capture.hair === "shaved";
  // Curls stand close to their edge; straight hair thins out.
  const dense = capture.hair === "afro" ? 0.7 : 0;
  const hangsBelow = cut.fringe !== undefined ? 7 : cut.hangsTo !== undefined ? 0 : -Infinity;
  const covers: CoverTest = (material, u, v, w) => {
    if (material === "scarf") return w > 0;
    if (w > 2.5 && !shaved) return true;
    const fray = noise.grain(u * 60, v * 0.6);
    if (shaved) return w + fray * 0.5 > 0 && noise.cell(u * 900, v * 60) < 0.4 + w * 0.2;
    // Cut tips hang in tapering strands; a hairline thins out.
    if (v < hangsBelow) return w + noise.strand(u * 9 + 3, 0.5) * 0.75 + fray * 0.4 > 0.25;
    return w + dense + fray * 0.25 > noise.cell(u * 640, v * 50) * 0.8;
  };
  const palette = paletteOf(person, capture, shape.landmarks.age);
  const background = createBackground(capture);
  const backdrop = (covered?: Uint8Array): Uint8Array =>
    developBackdrop(background, width, height, capture.light.exposure, covered);
  const behind = options.once === true ? undefined : backdrop();
  const lamp = lampDirection(capture.light);
  const posed = meshes.map(createPosedMesh);
  let shadows: ShadowMap | undefined;
  let drawn = 0;
  const model: Model = {
    frame(pose, gaze) {
      const rotation = rotationOf(pose);
      for (const each of posed) poseMesh(each, rotation);
      // A head turns slowly: its shadows last for two frames of a clip.
      if (shadows === undefined || drawn % 2 === 0)
        shadows = createShadowMap(posed, lamp, shadowSize, covers);
      drawn += 1;
      const sheet = borrowSheet("picture", width, height);
      for (const each of posed) {
        projectMesh(each, camera);
        drawMesh(sheet, each, covers, 1);
      }
      if (behind === undefined) texture.paintSeen(sheet);
      texture.setGaze(gaze);
      const pixels = behind?.slice() ?? backdrop(sheet.material);
      shade(
        {
          sheet,
          camera,
          rotation,
          texture,
          palette,
          light: capture.light,
          shadows,
          noise,
          curl: hairCurl(person, capture),
        },
        pixels,
      );
      softenFigure(pixels, sheet, options.blur ?? 0);
      return { width, height, pixels, face: faceBounds() };

      function faceBounds(): Frame["face"] {
        const point = new Float32Array(3);
        let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
        const chin = shape.landmarks.chinY;
        for (const y of [shape.landmarks.hairlineY - 0.5, 2, -2, chin * 0.5, chin - 0.6]) {
          for (const phi of [-1.25, -0.6, 0, 0.6, 1.25]) {
            shape.point(phi, y, point);
            turnPoint(rotation, point[0] ?? 0, y, point[2] ?? 0, point);
            const perspective = camera.distance / (camera.distance + 8.5 - (point[2] ?? 0));
            const sx = camera.centerX + (point[0] ?? 0) * camera.scale * perspective;
            const sy = camera.centerY - (point[1] ?? 0) * camera.scale * perspective;
            left = Math.min(left, sx);
            right = Math.max(right, sx);
            top = Math.min(top, sy);
            bottom = Math.max(bottom, sy);
          }
        }
        return {
          left: left / width,
          top: top / height,
          width: (right - left) / width,
          height: (bottom - top) / height,
        };
      }
    },
  };
  kept.model = model;
  return model;
}
