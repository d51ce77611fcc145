import type { ComponentView } from "@secondlook/domain/judging/rating";

const LINES: Record<ComponentView, string> = {
  alike: "M3 6h10M3 10h10",
  unlike: "M3 6h10M3 10h10M10.5 2.5l-5 11",
  not_visible: "M8 8h.01",
};

/** The sign of an answer: drawn, because fonts differ in whether and how they have it. */
export function Sign({ view }: { readonly view: ComponentView }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={LINES[view]}
        fill="none"
        stroke="currentColor"
        strokeWidth={view === "not_visible" ? 4 : 1.75}
        strokeLinecap="round"
      />
    </svg>
  );
}
