import { useId } from "react";
import { useNow } from "../../../ui/use-now.ts";
import classes from "./watermark.module.css";

/** Where it lies: over the stage, or over the small pictures of a filmstrip. */
type Place = "stage" | "strip";

/** Pixels from row to row, how the rows lean, and about how wide a letter is. */
const MEASURES: Readonly<Record<Place, { row: number; lean: number; letter: number }>> = {
  stage: { row: 76, lean: -24, letter: 7.4 },
  strip: { row: 16, lean: 0, letter: 6.2 },
};

/**
 * Who looks, and when, over all of the evidence. In rows so close that no face can be cut out
 * without it, and in letters so thin that nothing of a face is hidden: each letter stands there in
 * white and beside that in black, so that it can be read on any picture and darkens or lightens
 * none. It stays in its place while the picture below is moved and magnified, so that a mark of the
 * skin comes out from under a letter by moving it.
 */
export function Watermark({ who, over }: { readonly who: string; readonly over: Place }) {
  const words = `${who} · ${minuteOf(useNow(20_000))}`;
  const pattern = useId();
  const { row, lean, letter } = MEASURES[over];
  // Wide enough for the words, so that they never run into one another.
  const width = Math.max(180, [...words].length * letter + 32);
  const rows = [
    [0, row * 0.7],
    [-width / 2, row * 1.7],
    [width / 2, row * 1.7],
  ] as const;
  return (
    <svg className={classes.watermark} data-over={over} aria-hidden="true">
      <defs>
        <pattern
          id={pattern}
          width={width}
          height={row * 2}
          patternUnits="userSpaceOnUse"
          patternTransform={`rotate(${lean})`}
        >
          {(["dark", "light"] as const).map((tone) => (
            <g key={tone} className={classes[tone]}>
              {rows.map(([x, y]) => (
                <text key={x} x={x + 8} y={y}>
                  {words}
                </text>
              ))}
            </g>
          ))}
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${pattern})`} />
    </svg>
  );
}

/** `2026-11-23 19:05`, in the reviewer's own time. */
function minuteOf(now: number): string {
  const at = new Date(now);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
