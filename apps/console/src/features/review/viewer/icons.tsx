/** Drawings of 16 × 16, in the colour of the text beside them. */
const PATHS = {
  side: "M2 3h5v10H2zM9 3h5v10H9z",
  wipe: "M2 3h12v10H2zM8 1v14M5 6 3.5 8 5 10M11 6l1.5 2L11 10",
  wipe_across: "M2 3h12v10H2zM1 8h14M6 5.5 8 4l2 1.5M6 10.5 8 12l2-1.5",
  overlay: "M2 2h9v9H2zM5 5h9v9H5z",
  flicker: "M9.5 1.5 4 9h3.5L6.5 14.5 12 7H8.5z",
  difference:
    "M6 3a5 5 0 1 0 0 10A5 5 0 0 0 6 3M10 3a5 5 0 1 1 0 10 5 5 0 0 1 0-10M8 4.6v6.8M6.6 6v4M9.4 6v4",
  turn_left: "M3 6.5A5.5 5.5 0 1 1 3.2 10M3 2.5v4h4",
  turn_right: "M13 6.5A5.5 5.5 0 1 0 12.8 10M13 2.5v4H9",
  mirror: "M8 1v14M6 4 2 12h4zM10 4l4 8h-4z",
  faces: "M1.5 5V2h3M11.5 2h3v3M14.5 11v3h-3M4.5 14h-3v-3M8 4.5a3 3.5 0 1 0 0 7 3 3.5 0 0 0 0-7",
  points: "M5 5v6M2 8h6M11 5v6M8.5 8h5",
  tone: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 2v12M8 5l4-1.5M8 8h6M8 11l4 1.5",
  reset: "M2.5 4.5v3h3M2.8 7.3a5.3 5.3 0 1 1 .4 3M8 5.5v3l2 1",
  smaller: "M3 8h10",
  larger: "M3 8h10M8 3v10",
  play: "M4.5 2.5v11l8.5-5.5z",
  pause: "M4.5 3v10M11.5 3v10",
  back: "M10 3 5 8l5 5M4 3v10",
  forward: "m6 3 5 5-5 5M12 3v10",
  loop: "M3 7V5.5h9L10 3.5M13 9v1.5H4l2 2",
  step: "M2 4h8M2 12h8M12 2v12M14.5 2v12",
  pin: "M6 2h4l-.5 5 2.5 2.5H4L6.5 7zM8 9.5V14",
  sharp: "M8 2l1.6 4.4L14 8l-4.4 1.6L8 14l-1.6-4.4L2 8l4.4-1.6z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
