import type { Person } from "../people/person.ts";
import { bell, clamp, linearRgb, mix, mixRgb, smoothstep, type Rgb } from "../render/math.ts";
import type { Noise } from "../render/noise.ts";
import type { Landmarks } from "./landmarks.ts";
import type { Spot } from "./skin-paint.ts";

/** Where the eyes look (centimetres off the middle) and how far the lids are shut (0–1). */
export interface Gaze {
  readonly x: number;
  readonly y: number;
  readonly blink: number;
}

const darkBrown = linearRgb(48, 28, 18);
const hazel = linearRgb(112, 78, 42);
const green = linearRgb(104, 118, 82);
const blue = linearRgb(98, 134, 166);
const sclera = linearRgb(196, 187, 181);
const caruncle = linearRgb(196, 128, 118);

function irisColour(person: Person): Rgb {
  const i = person.irisLightness;
  if (i < 0.45) return mixRgb(darkBrown, hazel, i / 0.45);
  return i < 0.7 ? mixRgb(hazel, green, (i - 0.45) / 0.25) : mixRgb(green, blue, (i - 0.7) / 0.3);
}

/** Half height of the paint's reach over and under the eye, in centimetres. */
export const eyeReach = 1.45;

/**
 * Makes the painter of both eyes: lids, lashes, white, iris and the lamp's reflection. It returns
 * the eyeball's share of the spot, so that the caller can bend the surface there.
 */
export function eyePainter(
  person: Person,
  l: Landmarks,
  noise: Noise,
): (x: number, y: number, gaze: Gaze, spot: Spot) => number {
  const iris = irisColour(person);
  const cos = Math.cos(l.eyeTilt);
  const sin = Math.sin(l.eyeTilt);
  const fold = l.lidFold;
  return (x, y, gaze, spot) => {
    const mirror = x < 0 ? -1 : 1;
    const rawX = x * mirror - l.eyeX;
    const ex = rawX * cos + y * sin;
    const ey = y * cos - rawX * sin;
    const t = ex / l.eyeHalfWidth;
    if (t < -1.35 || t > 1.5 || ey > eyeReach || ey < -eyeReach) return 0;
    const inside = clamp(1 - t * t, 0, 1);
    // The upper lid is highest a little inside of the middle, the lower one lowest outside of it.
    const upperOpen = l.eyeUpper * inside ** 0.66 * (1 - t * 0.14) + 0.03 * t;
    const lower = -l.eyeLower * inside ** 0.8 * (1 + t * 0.16) + 0.03 * t;
    const upper = mix(upperOpen, lower + 0.05 * inside, gaze.blink);
    const reach = clamp(1.08 - t * t, 0, 1);
    let ball = 0;
    if (inside > 0 && upper > lower)
      ball =
        smoothstep(lower - 0.035, lower + 0.035, ey) *
        smoothstep(upper + 0.035, upper - 0.035, ey) *
        smoothstep(0.03, 0.06, upper - lower);
    if (ball > 0) {
      const gx = ex - gaze.x * mirror;
      const gy = ey - gaze.y - 0.06;
      const r = Math.hypot(gx, gy);
      let red = sclera[0],
        grn = sclera[1],
        blu = sclera[2];
      const veins = 0.94 + noise.at(x * 9, y * 9) * 0.04;
      const round = veins * (1 - 0.34 * t * t) * (1 - 0.62 * smoothstep(0.36, 0, upper - ey));
      const corner = smoothstep(-0.72, -0.98, t);
      red = mix(red, caruncle[0], corner) * round;
      grn = mix(grn, caruncle[1], corner) * round;
      blu = mix(blu, caruncle[2], corner) * round;
      const inIris = smoothstep(0.625, 0.565, r);
      if (inIris > 0) {
        const rays = 1 + noise.at(Math.atan2(gy, gx) * 6 + 30, r * 3) * 0.28;
        const ring = 1 - 0.72 * smoothstep(0.42, 0.6, r);
        const lit =
          (0.82 + 0.5 * smoothstep(0.1, -0.45, gy)) *
          rays *
          ring *
          (1 - 0.45 * smoothstep(0.35, 0, upper - ey));
        const pupil = smoothstep(0.25, 0.2, r);
        red = mix(red, mix(iris[0] * lit, 0.004, pupil), inIris);
        grn = mix(grn, mix(iris[1] * lit, 0.004, pupil), inIris);
        blu = mix(blu, mix(iris[2] * lit, 0.004, pupil), inIris);
      }
      // The lamp is on the same side of both eyes.
      const catchlight =
        smoothstep(
          0.12,
          0.06,
          Math.hypot(x - mirror * l.eyeX - gaze.x - 0.16, ey - gaze.y - 0.24),
        ) *
          0.9 +
        0.2 *
          smoothstep(
            0.12,
            0.04,
            Math.hypot(x - mirror * l.eyeX - gaze.x + 0.22, ey - gaze.y + 0.18),
          );
      spot.r = mix(spot.r, red + catchlight, ball);
      spot.g = mix(spot.g, grn + catchlight, ball);
      spot.b = mix(spot.b, blu + catchlight, ball);
      spot.gloss = mix(spot.gloss, 0.1, ball);
      spot.sky *= 1 - ball * 0.12;
    }
    // Lashes: a dark edge, heavier outside; then the fold of the lid over it.
    const heavy = 0.72 + 0.28 * t;
    const lash =
      1.15 * bell(ey, upper + 0.05, 0.072) * reach * heavy * (1 - person.masculinity * 0.2);
    darken(spot, lash);
    const comb = noise.at(ex * 11 + (ey - upper) * 3 * t, 8) * 0.5 + 0.5;
    darken(
      spot,
      0.5 *
        comb *
        smoothstep(0.34, 0.08, ey - upper) *
        smoothstep(0, 0.06, ey - upper) *
        reach *
        clamp(heavy, 0, 1) *
        (1 - person.masculinity * 0.45),
    );
    darken(spot, 0.3 * bell(ey, lower - 0.03, 0.05) * reach * (0.6 + 0.4 * t));
    const rim = 0.35 * bell(ey, lower + 0.01, 0.045) * inside;
    spot.r = mix(spot.r, spot.r * 0.5 + 0.24, rim);
    spot.g = mix(spot.g, spot.g * 0.5 + 0.12, rim);
    spot.b = mix(spot.b, spot.b * 0.5 + 0.11, rim);
    const creaseY = upperOpen * (1 - gaze.blink * 0.3) + 0.3 + fold * 0.14 + 0.1 * t;
    darken(
      spot,
      (0.34 + fold * 0.2) *
        bell(ey, creaseY, 0.05 + 0.02 * t) *
        clamp(1.3 - t * t, 0, 1) *
        (1 - gaze.blink * 0.4),
    );
    return ball;
  };
}

function darken(spot: Spot, amount: number): void {
  const a = clamp(amount, 0, 0.96);
  spot.r *= 1 - a * 0.93;
  spot.g *= 1 - a * 0.96;
  spot.b *= 1 - a * 0.96;
}
