import type { Person } from "../people/person.ts";
import { clamp, linearRgb, mixRgb, type Rgb } from "../render/math.ts";

const black = linearRgb(26, 21, 20);
const brown = linearRgb(78, 52, 36);
const fair = linearRgb(146, 108, 70);
const blond = linearRgb(206, 172, 118);
const red = linearRgb(150, 72, 34);
const grey = linearRgb(172, 168, 164);

/** The colour of head hair, brows and beard at an age from 0 (young) to 1 (old). */
export function hairColour(person: Person, age: number): Rgb {
  const h = person.hairLightness;
  const plain =
    h < 0.4
      ? mixRgb(black, brown, h / 0.4)
      : h < 0.7
        ? mixRgb(brown, fair, (h - 0.4) / 0.3)
        : mixRgb(fair, blond, (h - 0.7) / 0.3);
  const warm = mixRgb(plain, red, person.hairRed * 0.6 * clamp(h * 2, 0, 1));
  return mixRgb(warm, grey, clamp((age - 0.55) * 1.5, 0, 0.85));
}
