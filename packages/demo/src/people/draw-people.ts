import { inThreads, type ThreadOptions } from "../threads/in-threads.ts";
import type { DrawnPerson, DrawPerson } from "./people-worker.ts";

export interface DrawPeopleOptions extends ThreadOptions {
  readonly seed: number;
  readonly count: number;
  /** Size of the pictures in pixels; 480 by 600 by default. */
  readonly width?: number;
  readonly height?: number;
}

/** Draws people, three pictures of each, and hands them out in order. The same seed draws the same. */
export function drawPeople(options: DrawPeopleOptions): AsyncGenerator<DrawnPerson> {
  const { seed, count, width = 480, height = 600 } = options;
  const jobs = Array.from({ length: count }, (_, number): DrawPerson => ({
    seed,
    number,
    width,
    height,
  }));
  return inThreads<DrawnPerson>(new URL("./people-worker.ts", import.meta.url), jobs, options);
}
