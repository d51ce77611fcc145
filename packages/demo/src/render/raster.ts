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

export function createPixelSheet(width: number, height: number): PixelSheet {
  return {
    width,
    height,
    near: new Float32Array(width * height),
    material: new Uint8Array(width * height),
    data: new Float32Array(width * height * 6),
  };
}

/** Empties a sheet for the next frame. */
export function clearSheet(sheet: PixelSheet): void {
  sheet.near.fill(0);
  sheet.material.fill(0);
}

/** Tells whether a spot of a surface is there at all: hair frays at its edges. */
export type CoverTest = (material: MaterialName, u: number, v: number, w: number) => boolean;

/** Screen x, y and nearness of each point of a mesh, and its turned normals. */
export interface ProjectedMesh {
  readonly mesh: Mesh;
  readonly screen: Float32Array;
  readonly normals: Float32Array;
}

/** Draws a projected mesh into the sheet, keeping what is nearest. */
export function drawMesh(sheet: PixelSheet, projected: ProjectedMesh, covers: CoverTest): void {
  const { columns, rows } = projected.mesh;
  const tests =
    projected.mesh.material === "hair" || projected.mesh.material === "scarf" ? covers : undefined;
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const a = row * columns + column;
      drawTriangle(sheet, projected, a, a + 1, a + columns, tests);
      drawTriangle(sheet, projected, a + 1, a + columns + 1, a + columns, tests);
    }
  }
}

function drawTriangle(
  sheet: PixelSheet,
  projected: ProjectedMesh,
  i: number,
  j: number,
  k: number,
  covers: CoverTest | undefined,
): void {
  const { screen, normals, mesh } = projected;
  const ax = screen[i * 3] ?? 0,
    ay = screen[i * 3 + 1] ?? 0,
    az = screen[i * 3 + 2] ?? 0;
  const bx = screen[j * 3] ?? 0,
    by = screen[j * 3 + 1] ?? 0,
    bz = screen[j * 3 + 2] ?? 0;
  const cx = screen[k * 3] ?? 0,
    cy = screen[k * 3 + 1] ?? 0,
    cz = screen[k * 3 + 2] ?? 0;
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  // Closed meshes run to the right and down where they face the viewer.
  if (mesh.closed ? area <= 0 : area === 0) return;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx)));
  const right = Math.min(sheet.width - 1, Math.floor(Math.max(ax, bx, cx)));
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy)));
  const bottom = Math.min(sheet.height - 1, Math.floor(Math.max(ay, by, cy)));
  if (left > right || top > bottom) return;
  const inverse = 1 / area;
  const material = materialNames.indexOf(mesh.material) + 1;
  const extra = mesh.extra;
  const { near, data } = sheet;
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const wb = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) * inverse;
      const wc = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * inverse;
      const wa = 1 - wb - wc;
      if (wa < -1e-4 || wb < -1e-4 || wc < -1e-4) continue;
      const depth = wa * az + wb * bz + wc * cz;
      const pixel = y * sheet.width + x;
      if (depth <= (near[pixel] ?? 0)) continue;
      const u = wa * (extra[i * 3] ?? 0) + wb * (extra[j * 3] ?? 0) + wc * (extra[k * 3] ?? 0);
      const v =
        wa * (extra[i * 3 + 1] ?? 0) + wb * (extra[j * 3 + 1] ?? 0) + wc * (extra[k * 3 + 1] ?? 0);
      const w =
        wa * (extra[i * 3 + 2] ?? 0) + wb * (extra[j * 3 + 2] ?? 0) + wc * (extra[k * 3 + 2] ?? 0);
      if (covers !== undefined && !covers(mesh.material, u, v, w)) continue;
      near[pixel] = depth;
      sheet.material[pixel] = material;
      const at = pixel * 6;
      data[at] =
        wa * (normals[i * 3] ?? 0) + wb * (normals[j * 3] ?? 0) + wc * (normals[k * 3] ?? 0);
      data[at + 1] =
        wa * (normals[i * 3 + 1] ?? 0) +
        wb * (normals[j * 3 + 1] ?? 0) +
        wc * (normals[k * 3 + 1] ?? 0);
      data[at + 2] =
        wa * (normals[i * 3 + 2] ?? 0) +
        wb * (normals[j * 3 + 2] ?? 0) +
        wc * (normals[k * 3 + 2] ?? 0);
      data[at + 3] = u;
      data[at + 4] = v;
      data[at + 5] = w;
    }
  }
}
