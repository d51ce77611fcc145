import type { EvidenceView } from "../../../lib/contract.ts";
import { useStore } from "../../../lib/store.ts";
import type { SideView } from "../model/bench.ts";
import { extentsOf } from "../model/prefetch.ts";
import { KeyCap } from "../key-cap.tsx";
import { keepFocus } from "../keep-focus.ts";
import { KEY_OF_SIDE } from "../keys.ts";
import { useKeyOf } from "../my-keys.ts";
import type { Viewer } from "../viewer/viewer.ts";
import classes from "./stage.module.css";
import { KIND_WORDS, markWords } from "./words.ts";

type Side = "probe" | "candidate";

const EXTENT_WORDS = {
  screen: {
    words: "Whole",
    tip: "The whole picture shows what is printed on the document; looking at it is recorded",
  },
  detail: {
    words: "Detail",
    tip: "The whole picture in all its pixels; looking at it is recorded",
  },
} as const;

/** What one side has to show, and what must be known of it. */
export function EvidenceBar(props: {
  readonly side: Side;
  readonly evidence: readonly EvidenceView[];
  readonly view: SideView;
  readonly viewer: Viewer;
  readonly onSwitch: (side: Side, index: number) => void;
  readonly onExtent: (side: Side, extent: "screen" | "detail") => void;
  readonly onPin: (side: Side, evidenceId: string, frame: number) => void;
}) {
  const { side, evidence, view } = props;
  const shown = evidence[view.index];
  const keys = KEY_OF_SIDE[side];
  const nextPin = useKeyOf("clip_next_pin");
  const { pins } = useStore(props.viewer.marks);
  const extents = shown === undefined ? [] : extentsOf(shown);
  return (
    <>
      <fieldset className={classes.tabs} aria-label={`Evidence of the ${side}`}>
        {evidence.map((item, index) => (
          <button
            key={item.evidenceId}
            type="button"
            className={classes.tab}
            aria-pressed={index === view.index}
            onMouseDown={keepFocus}
            onClick={() => props.onSwitch(side, index)}
          >
            {nameOf(evidence, index)}
          </button>
        ))}
        {evidence.length > 1 ? <KeyCap of={keys.evidence} /> : null}
        {(["screen", "detail"] as const)
          .filter((extent) => extents.includes(extent))
          .map((extent) => (
            <button
              key={extent}
              type="button"
              className={classes.tab}
              aria-pressed={view.extent === extent}
              title={EXTENT_WORDS[extent].tip}
              onMouseDown={keepFocus}
              onClick={() => props.onExtent(side, extent)}
            >
              {EXTENT_WORDS[extent].words} <KeyCap of={keys[extent]} />
            </button>
          ))}
        {evidence.flatMap((item) =>
          (pins[item.evidenceId] ?? []).map((frame) => (
            <button
              key={`${item.evidenceId}/${frame}`}
              type="button"
              className={classes.tab}
              data-pin
              title={`A pinned frame · ${nextPin}`}
              onMouseDown={keepFocus}
              onClick={() => props.onPin(side, item.evidenceId, frame)}
            >
              Frame {frame + 1}
            </button>
          )),
        )}
      </fieldset>
      {shown === undefined || shown.marks.length === 0 ? null : (
        <p className={classes.marks}>{shown.marks.map(markWords).join(" · ")}</p>
      )}
    </>
  );
}

function nameOf(evidence: readonly EvidenceView[], index: number): string {
  const item = evidence[index];
  if (item === undefined) return "";
  const same = evidence.filter((each) => each.kind === item.kind);
  const words = KIND_WORDS[item.kind];
  return same.length > 1 ? `${words} ${same.indexOf(item) + 1}` : words;
}
