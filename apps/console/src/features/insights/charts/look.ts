/** What all charts share. Their own colours come from tokens.css, so both themes are right. */
export const CHART = {
  h: "100%",
  withLegend: false,
  withDots: false,
  curveType: "linear",
  gridAxis: "x",
  tickLine: "none",
  gridColor: "var(--sl-line)",
  textColor: "var(--sl-dim)",
  strokeWidth: 2,
  tooltipAnimationDuration: 0,
  // The table below says it all; a drawing that takes the focus would be one stop more.
  accessibilityLayer: false,
} as const;

/** Nothing moves when figures change. */
export const STILL = { isAnimationActive: false } as const;

/** How much space the numbers of the left axis take. */
export const LEFT_AXIS = { width: 52, tickMargin: 6 } as const;
export const BOTTOM_AXIS = { tickMargin: 8, minTickGap: 24 } as const;
