/** One thing that keys can do. */
export interface Binding<Id extends string = string> {
  readonly id: Id;
  /** Key names as `keyName` gives them; any of them does it. */
  readonly keys: readonly string[];
  readonly words: string;
  /** Tells it from others with the same words: `left`, `surely the same`. */
  readonly one?: string;
  /** Other words by which somebody may look for it. */
  readonly also?: string;
  readonly group: string;
  /** Whether holding the key down does it again and again; never for what writes. */
  readonly repeats?: boolean;
  /** Done while the key is down and undone when it is let go. */
  readonly hold?: boolean;
  /** Bindings of different moments may share a key; those of one moment may not. */
  readonly when?: string;
  /** Nobody can give it another key: Enter does the next step for everybody. */
  readonly fixed?: boolean;
}

/** Two bindings that would answer the same key at the same moment. */
export function conflictsOf(bindings: readonly Binding[]): string[] {
  const conflicts: string[] = [];
  for (const [index, one] of bindings.entries()) {
    for (const other of bindings.slice(index + 1)) {
      const shared = one.keys.filter((key) => other.keys.includes(key));
      if (meet(one, other) && shared.length > 0) {
        conflicts.push(`${shared.join(", ")}: ${one.id} and ${other.id}`);
      }
    }
  }
  return conflicts;
}

/** Whether two bindings can be asked for at one moment, so that they must not share a key. */
export function meet(one: Binding, other: Binding): boolean {
  return one.when === undefined || other.when === undefined || one.when === other.when;
}
