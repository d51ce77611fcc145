/** Lets a few in at once; a few more wait for their turn, in order; the rest are turned away. */
export interface Gate {
  /** Runs `work` when it is its turn. Throws GateFull at once where too many wait already. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export class GateFull extends Error {
  override readonly name = "GateFull";
}

export function createGate(limits: { readonly inside: number; readonly waiting: number }): Gate {
  const queue: (() => void)[] = [];
  let inside = 0;

  return {
    async run(work) {
      if (inside < limits.inside) inside += 1;
      else {
        if (queue.length >= limits.waiting) throw new GateFull("too many wait");
        // Whoever leaves hands the place on, so that nobody who comes now gets it first.
        await new Promise<void>((resolve) => {
          queue.push(resolve);
        });
      }
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next === undefined) inside -= 1;
        else next();
      }
    },
  };
}
