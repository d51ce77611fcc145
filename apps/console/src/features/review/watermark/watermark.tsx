import { useId } from "react";
import { useNow } from "../../../ui/use-now.ts";
import classes from "./watermark.module.css";

/**
 * Who looks, and when, over all of the evidence: in rows so close that no part of a face can be cut
 * out without it, in light letters with a dark rim, so that it can be read on any picture. It stays
 * in its place while the picture below is moved and magnified.
 */
export function Watermark({ who }: { readonly who: string }) {
  const words = `${who} · ${minuteOf(useNow(20_000))}`;
  const pattern = useId();
  // Wide enough for the words, so that they never run into one another.
  const width = Math.max(180, [...words].length * 8 + 40);
  return (
    <svg className={classes.watermark} aria-hidden="true">
      <defs>
        <pattern
          id={pattern}
          width={width}
          height={104}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-24)"
        >
          <text x={8} y={30}>
            {words}
          </text>
          <text x={8 - width / 2} y={82}>
            {words}
          </text>
          <text x={8 + width / 2} y={82}>
            {words}
          </text>
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
