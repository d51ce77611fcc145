/** One field of a leaf: where it stands, and what. */
export interface LeafField {
  readonly path: string;
  readonly value: string;
}

/**
 * The fields of a leaf as lines, in the leaf's own order; undefined where its bytes are no JSON
 * object, which the verifier reports.
 */
export function leafFields(text: string): readonly LeafField[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? linesOf("", value) : undefined;
  } catch {
    return undefined;
  }
}

function linesOf(path: string, value: unknown): readonly LeafField[] {
  if (typeof value !== "object" || value === null) return [{ path, value: String(value) }];
  const entries = Object.entries(value);
  if (entries.every(([, each]) => typeof each !== "object") && Array.isArray(value)) {
    return [{ path, value: entries.map(([, each]) => String(each)).join(", ") }];
  }
  return entries.flatMap(([name, each]) => linesOf(path === "" ? name : `${path}.${name}`, each));
}
