import type { MaterialName, Mesh } from "./mesh.ts";

/** What a pixel shows before it is lit: the nearest surface's place, direction and texture place. */
export interface PixelSheet {
  readonly width: number;
  readonly height: number;
  /** Nearness; larger is nearer and 0 is empty. */
  readonly near: Float32Array;
  readonly material: Uint8Array;
  /** Six numbers a pixel: normal (already turned), then the mesh's `extra`. */
  readonly data: Float32Array;
}

const materialNames: readonly MaterialName[] = ["face", "skin", "cloth", "hair", "scarf", "frame"];

/** The number a material has in a sheet; 0 is nothing. */
export const materialNumber = (name: MaterialName): number => materialNames.indexOf(name) + 1;

const sheets = new Map<string, PixelSheet>();

/**
 * An empty sheet. Sheets are lent: the next call with this size and purpose empties the same one
 * again, because a picture's sheet is 9 MB and a thread draws one picture at a time.
 */
export function borrowSheet(
  purpose: "picture" | "shadow",
  width: number,
  height: number,
): PixelSheet {
  const key = `${purpose} ${width} ${height}`;
  let sheet = sheets.get(key);
  if (sheet === undefined) {
    if (sheets.size > 5) sheets.clear();
    sheet = {
      width,
      height,
      near: new Float32Array(width * height),
      material: new Uint8Array(width * height),
      data: new Float32Array(purpose === "shadow" ? 0 : width * height * 6),
    };
    sheets.set(key, sheet);
  }
  sheet.near.fill(0);
  sheet.material.fill(0);
  return sheet;
}

/** Tells whether a spot of a surface is there at all: hair frays at its edges. */
export type CoverTest = (material: MaterialName, u: number, v: number, w: number) => boolean;

/** Screen x, y and nearness of each point of a mesh, and its turned normals. */
export interface ProjectedMesh {
  readonly mesh: Mesh;
  readonly screen: Float32Array;
  readonly normals: Float32Array;
}

/**
 * Draws a projected mesh into the sheet, keeping what is nearest. `step` 2 leaves out every other
 * point of the grid both ways, where the sheet is too coarse to show them.
 */
export function drawMesh(
  sheet: PixelSheet,
  projected: ProjectedMesh,
  covers: CoverTest,
  step: 1 | 2,
): void {
  const { columns, rows, material } = projected.mesh;
  const tests = material === "hair" || material === "scarf" ? covers : undefined;
  const number = materialNumber(material);
  for (let row = 0; row + 1 < rows; row += step) {
    const above = row * columns;
    const below = Math.min(row + step, rows - 1) * columns;
    for (let left = 0; left + 1 < columns; left += step) {
      const right = Math.min(left + step, columns - 1);
      drawTriangle(sheet, projected, number, above + left, above + right, below + left, tests);
      drawTriangle(sheet, projected, number, above + right, below + right, below + left, tests);
    }
  }
}

function drawTriangle(
  sheet: PixelSheet,
  projected: ProjectedMesh,
  material: number,
  i: number,
  j: number,
  k: number,
  covers: CoverTest | undefined,
): void {
  const { screen, normals, mesh } = projected;
  const i3 = i * 3,
    j3 = j * 3,
    k3 = k * 3;
  const ax = screen[i3] ?? 0,
    ay = screen[i3 + 1] ?? 0;
  const bx = screen[j3] ?? 0,
    by = screen[j3 + 1] ?? 0;
  const cx = screen[k3] ?? 0,
    cy = screen[k3 + 1] ?? 0;
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  // Closed meshes run to the right and down where they face the viewer.
  if (mesh.closed ? area <= 0 : area === 0) return;
  const { width, height, near, data } = sheet;
  let left = ax < bx ? ax : bx;
  if (cx < left) left = cx;
  let right = ax > bx ? ax : bx;
  if (cx > right) right = cx;
  let top = ay < by ? ay : by;
  if (cy < top) top = cy;
  let bottom = ay > by ? ay : by;
  if (cy > bottom) bottom = cy;
  left = left < 0 ? 0 : Math.ceil(left);
  top = top < 0 ? 0 : Math.ceil(top);
  right = right > width - 1 ? width - 1 : Math.floor(right);
  bottom = bottom > height - 1 ? height - 1 : Math.floor(bottom);
  if (left > right || top > bottom) return;
  const az = screen[i3 + 2] ?? 0,
    bz = screen[j3 + 2] ?? 0,
    cz = screen[k3 + 2] ?? 0;
  const inverse = 1 / area;
  const keepsData = data.length > 0;
  const extra = mesh.extra;
  // Weights change by the same step from pixel to pixel.
  const stepB = (cy - ay) * inverse;
  const stepC = -(by - ay) * inverse;
  for (let y = top; y <= bottom; y += 1) {
    let wb = ((left - ax) * (cy - ay) - (y - ay) * (cx - ax)) * inverse;
    let wc = ((bx - ax) * (y - ay) - (by - ay) * (left - ax)) * inverse;
    let pixel = y * width + left;
    for (let x = left; x <= right; x += 1, pixel += 1, wb += stepB, wc += stepC) {
      const wa = 1 - wb - wc;
      if (wa < -1e-4 || wb < -1e-4 || wc < -1e-4) continue;
      const depth = wa * az + wb * bz + wc * cz;
      if (depth <= (near[pixel] ?? 0)) continue;
      if (!keepsData && covers === undefined) {
        near[pixel] = depth;
        continue;
      }
      const u = wa * (extra[i3] ?? 0) + wb * (extra[j3] ?? 0) + wc * (extra[k3] ?? 0);
      const v = wa * (extra[i3 + 1] ?? 0) + wb * (extra[j3 + 1] ?? 0) + wc * (extra[k3 + 1] ?? 0);
      const w = wa * (extra[i3 + 2] ?? 0) + wb * (extra[j3 + 2] ?? 0) + wc * (extra[k3 + 2] ?? 0);
      if (covers !== undefined && !covers(mesh.material, u, v, w)) continue;
      near[pixel] = depth;
      if (!keepsData) continue;
      sheet.material[pixel] = material;
      const at = pixel * 6;
      data[at] = wa * (normals[i3] ?? 0) + wb * (normals[j3] ?? 0) + wc * (normals[k3] ?? 0);
      data[at + 1] =
        wa * (normals[i3 + 1] ?? 0) + wb * (normals[j3 + 1] ?? 0) + wc * (normals[k3 + 1] ?? 0);
      data[at + 2] =
        wa * (normals[i3 + 2] ?? 0) + wb * (normals[j3 + 2] ?? 0) + wc * (normals[k3 + 2] ?? 0);
      data[at + 3] = u;
      data[at + 4] = v;
      data[at + 5] = w;
    }
  }
}
