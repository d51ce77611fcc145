import type { Pose } from "../people/capture.ts";
import type { Mesh } from "./mesh.ts";
import type { ProjectedMesh } from "./raster.ts";

/** A rotation matrix, row by row. */
export type Rotation = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** The head turns about a point in the neck, under the ears. */
const pivot = [0, -8, -2.5] as const;

/** Roll after pitch after yaw, angles in degrees. */
export function rotationOf(pose: Pose): Rotation {
  const rad = Math.PI / 180;
  const [cy, sy] = [Math.cos(pose.yaw * rad), Math.sin(pose.yaw * rad)];
  const [cp, sp] = [Math.cos(-pose.pitch * rad), Math.sin(-pose.pitch * rad)];
  const [cr, sr] = [Math.cos(-pose.roll * rad), Math.sin(-pose.roll * rad)];
  const a = [cy, 0, sy, sp * sy, cp, -sp * cy, -cp * sy, sp, cp * cy] as const;
  return [
    cr * a[0] - sr * a[3],
    cr * a[1] - sr * a[4],
    cr * a[2] - sr * a[5],
    sr * a[0] + cr * a[3],
    sr * a[1] + cr * a[4],
    sr * a[2] + cr * a[5],
    a[6],
    a[7],
    a[8],
  ];
}

export interface Camera {
  /** From the point between the eyes to the lens, in centimetres. */
  readonly distance: number;
  /** Pixels a centimetre at the depth of the eyes. */
  readonly scale: number;
  readonly centerX: number;
  /** Screen height of the point between the eyes. */
  readonly centerY: number;
}

/** Where a point of the head comes to lie after the head has turned. */
export function turnPoint(
  rotation: Rotation,
  x: number,
  y: number,
  z: number,
  out: Float32Array,
): void {
  const dx = x - pivot[0];
  const dy = y - pivot[1];
  const dz = z - pivot[2];
  out[0] = pivot[0] + rotation[0] * dx + rotation[1] * dy + rotation[2] * dz;
  out[1] = pivot[1] + rotation[3] * dx + rotation[4] * dy + rotation[5] * dz;
  out[2] = pivot[2] + rotation[6] * dx + rotation[7] * dy + rotation[8] * dz;
}

/** A mesh as it stands in the room: its points and normals, turned, and where they are on the screen. */
export interface PosedMesh extends ProjectedMesh {
  readonly points: Float32Array;
}

/** Room for a mesh's poses: filled again for each frame of a clip. */
export function createPosedMesh(mesh: Mesh): PosedMesh {
  const { length } = mesh.positions;
  return {
    mesh,
    points: new Float32Array(length),
    normals: new Float32Array(length),
    screen: new Float32Array(length),
  };
}

/** Turns a mesh with the head: fills in its points and normals. */
export function poseMesh({ mesh, points, normals }: PosedMesh, rotation: Rotation): void {
  const turned = new Float32Array(3);
  for (let i = 0; i < mesh.headShare.length; i += 1) {
    const share = mesh.headShare[i] ?? 1;
    const x = mesh.positions[i * 3] ?? 0,
      y = mesh.positions[i * 3 + 1] ?? 0,
      z = mesh.positions[i * 3 + 2] ?? 0;
    const nx = mesh.normals[i * 3] ?? 0,
      ny = mesh.normals[i * 3 + 1] ?? 0,
      nz = mesh.normals[i * 3 + 2] ?? 0;
    turnPoint(rotation, x, y, z, turned);
    const rest = 1 - share;
    points[i * 3] = x * rest + (turned[0] ?? 0) * share;
    points[i * 3 + 1] = y * rest + (turned[1] ?? 0) * share;
    points[i * 3 + 2] = z * rest + (turned[2] ?? 0) * share;
    normals[i * 3] = nx * rest + (rotation[0] * nx + rotation[1] * ny + rotation[2] * nz) * share;
    normals[i * 3 + 1] =
      ny * rest + (rotation[3] * nx + rotation[4] * ny + rotation[5] * nz) * share;
    normals[i * 3 + 2] =
      nz * rest + (rotation[6] * nx + rotation[7] * ny + rotation[8] * nz) * share;
  }
}

/** Depth of the plane that the camera's scale is given for: the eyes. */
export const planeZ = 8.5;

/** Projects a posed mesh through the lens: fills in its screen. */
export function projectMesh({ points, screen }: PosedMesh, camera: Camera): void {
  const focal = camera.scale * camera.distance;
  for (let i = 0; i < points.length; i += 3) {
    const away = camera.distance + planeZ - (points[i + 2] ?? 0);
    screen[i] = camera.centerX + (focal * (points[i] ?? 0)) / away;
    screen[i + 1] = camera.centerY - (focal * (points[i + 1] ?? 0)) / away;
    screen[i + 2] = 100 / away;
  }
}
