import { drawFacePicture } from "../pictures/draw-face.ts";
import { answerJobs } from "../threads/answer-jobs.ts";
import { boothCapture, phoneCapture, type Capture } from "./capture.ts";
import { personOfSet, type SetPerson } from "./people-set.ts";
import type { Person } from "./person.ts";
import { createRandom, type Random } from "./random.ts";

/** Somebody to draw in a thread of its own. */
export interface DrawPerson {
  readonly seed: number;
  readonly number: number;
  readonly width: number;
  readonly height: number;
}

/** A person with pictures of them, and the parameters that both were drawn from. */
export interface DrawnPerson extends SetPerson {
  readonly pictures: readonly {
    readonly name: string;
    readonly capture: Capture;
    readonly bytes: Uint8Array;
  }[];
}

const shots: readonly (readonly [
  name: string,
  take: (person: Person, random: Random, seed: string) => Capture,
])[] = [
  ["booth", boothCapture],
  ["phone-1", phoneCapture],
  ["phone-2", phoneCapture],
];

answerJobs<DrawPerson>(async ({ seed, number, width, height }) => {
  const drawn = personOfSet(seed, number);
  const { person } = drawn;
  const pictures: DrawnPerson["pictures"][number][] = [];
  for (const [name, take] of shots) {
    const key = `${seed} ${person.id} ${name}`;
    const capture = take(person, createRandom("shot", key), key);
    const { bytes } = await drawFacePicture({ person, capture, width, height });
    pictures.push({ name, capture, bytes });
  }
  return { ...drawn, pictures };
});
