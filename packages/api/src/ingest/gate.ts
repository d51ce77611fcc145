/**
 * Lets a few in at once; a few more wait for their turn, in order; the rest are turned away. Each
 * source has a share only, so that one that is slow or sends much leaves room for the others.
 */
export interface Gate {
  /** Runs `work` when it is its turn. Throws GateFull at once where too many wait already. */
  run<T>(source: string, work: () => Promise<T>): Promise<T>;
}

/** How many may be inside and wait: of all, or of one source. */
export interface Places {
  readonly inside: number;
  readonly waiting: number;
}

export class GateFull extends Error {
  override readonly name = "GateFull";
}

/** A gate with so many places altogether, and so many of them for each source at most. */
export function createGate(limits: { readonly all: Places; readonly each: Places }): Gate {
  const queue: { readonly source: string; readonly enter: () => void }[] = [];
  const insideBy = new Map<string, number>();
  let inside = 0;

  const insideOf = (source: string): number => insideBy.get(source) ?? 0;
  const hasPlace = (source: string): boolean =>
    inside < limits.all.inside && insideOf(source) < limits.each.inside;

  function enter(source: string): void {
    inside += 1;
    insideBy.set(source, insideOf(source) + 1);
  }

  function leave(source: string): void {
    inside -= 1;
    const left = insideOf(source) - 1;
    if (left === 0) insideBy.delete(source);
    else insideBy.set(source, left);
    // Whoever leaves hands the place on, so that nobody who comes now gets it first.
    const next = queue.findIndex((each) => hasPlace(each.source));
    const [waited] = next === -1 ? [] : queue.splice(next, 1);
    if (waited === undefined) return;
    enter(waited.source);
    waited.enter();
  }

  return {
    async run(source, work) {
      if (hasPlace(source)) enter(source);
      else {
        const waiting = queue.filter((each) => each.source === source).length;
        if (queue.length >= limits.all.waiting || waiting >= limits.each.waiting)
          throw new GateFull("too many wait");
        await new Promise<void>((resolve) => {
          queue.push({ source, enter: resolve });
        });
      }
      try {
        return await work();
      } finally {
        leave(source);
      }
    },
  };
}
