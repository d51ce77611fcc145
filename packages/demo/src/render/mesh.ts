/** Which rule of shading.ts colours a surface. */
export type MaterialName = "face" | "skin" | "cloth" | "hair" | "scarf" | "frame";

/**
 * A grid of points, row by row. `extra` holds three numbers a point, whose meaning is the
 * material's: place in the face's texture, or strand and cover of hair. `headShare` says how far a
 * point follows the head's turning: 1 the face, 0 the shoulders.
 */
export interface Mesh {
  readonly material: MaterialName;
  /** Seen from outside only, so that its far side need not be drawn. */
  readonly closed: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly extra: Float32Array;
  readonly headShare: Float32Array;
}

interface MeshPoint {
  x: number;
  y: number;
  z: number;
  u: number;
  v: number;
  w: number;
  headShare: number;
}

export interface MeshOptions {
  readonly material: MaterialName;
  readonly closed?: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Fills in the point at a column and row. */
  readonly at: (column: number, row: number, point: MeshPoint) => void;
  /** Where normals must point away from; the mesh's own axis by default. */
  readonly outwardFrom?: readonly [number, number, number];
}

/** Builds a mesh and its normals, which always point outward. */
export function buildMesh(options: MeshOptions): Mesh {
  const { columns, rows } = options;
  const count = columns * rows;
  const positions = new Float32Array(count * 3);
  const extra = new Float32Array(count * 3);
  const headShare = new Float32Array(count);
  const point: MeshPoint = { x: 0, y: 0, z: 0, u: 0, v: 0, w: 0, headShare: 1 };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      point.headShare = 1;
      options.at(column, row, point);
      const i = row * columns + column;
      positions[i * 3] = point.x;
      positions[i * 3 + 1] = point.y;
      positions[i * 3 + 2] = point.z;
      extra[i * 3] = point.u;
      extra[i * 3 + 1] = point.v;
      extra[i * 3 + 2] = point.w;
      headShare[i] = point.headShare;
    }
  }
  const normals = gridNormals(positions, columns, rows, options.outwardFrom);
  return {
    material: options.material,
    closed: options.closed ?? false,
    columns,
    rows,
    positions,
    normals,
    extra,
    headShare,
  };
}

/** Normals of a grid of points, by central differences. */
export function gridNormals(
  positions: Float32Array,
  columns: number,
  rows: number,
  outwardFrom?: readonly [number, number, number],
): Float32Array {
  const normals = new Float32Array(positions.length);
  for (let row = 0; row < rows; row += 1) {
    const above = Math.max(0, row - 1) * columns;
    const below = Math.min(rows - 1, row + 1) * columns;
    for (let column = 0; column < columns; column += 1) {
      const left = (row * columns + Math.max(0, column - 1)) * 3;
      const right = (row * columns + Math.min(columns - 1, column + 1)) * 3;
      const up = (above + column) * 3;
      const down = (below + column) * 3;
      const ax = (positions[right] ?? 0) - (positions[left] ?? 0);
      const ay = (positions[right + 1] ?? 0) - (positions[left + 1] ?? 0);
      const az = (positions[right + 2] ?? 0) - (positions[left + 2] ?? 0);
      const bx = (positions[up] ?? 0) - (positions[down] ?? 0);
      const by = (positions[up + 1] ?? 0) - (positions[down + 1] ?? 0);
      const bz = (positions[up + 2] ?? 0) - (positions[down + 2] ?? 0);
      let nx = ay * bz - az * by;
      let ny = az * bx - ax * bz;
      let nz = ax * by - ay * bx;
      const length = Math.sqrt(nx * nx + ny * ny + nz * nz) || 1;
      const i = (row * columns + column) * 3;
      const cx = (positions[i] ?? 0) - (outwardFrom?.[0] ?? 0);
      const cy = outwardFrom === undefined ? 0 : (positions[i + 1] ?? 0) - outwardFrom[1];
      const cz = (positions[i + 2] ?? 0) - (outwardFrom?.[2] ?? -0.5);
      const sign = nx * cx + ny * cy + nz * cz < 0 ? -1 / length : 1 / length;
      nx *= sign;
      ny *= sign;
      nz *= sign;
      normals[i] = nx;
      normals[i + 1] = ny;
      normals[i + 2] = nz;
    }
  }
  return normals;
}
