import type { EvidenceView } from "../../../lib/contract.ts";
import type { SideView } from "../model/bench.ts";
import { wholeRendition } from "../model/prefetch.ts";
import { keepFocus } from "../keep-focus.ts";
import { KEY_OF_SIDE } from "../keys.ts";
import classes from "./stage.module.css";
import { KIND_WORDS, markWords } from "./words.ts";

/** What one side has to show, and what must be known of it. */
export function EvidenceBar(props: {
  readonly side: "probe" | "candidate";
  readonly evidence: readonly EvidenceView[];
  readonly view: SideView;
  readonly onSwitch: (side: "probe" | "candidate", index: number) => void;
  readonly onWhole: (side: "probe" | "candidate") => void;
}) {
  const { side, evidence, view } = props;
  const shown = evidence[view.index];
  const keys = KEY_OF_SIDE[side];
  const canWhole = shown !== undefined && shown.kind !== "face_clip" && hasWhole(shown);
  return (
    <div className={classes.bar}>
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
        {evidence.length > 1 ? <kbd>{keys.evidence}</kbd> : null}
        {canWhole ? (
          <button
            type="button"
            className={classes.tab}
            aria-pressed={view.whole}
            title="The whole picture shows what is printed on the document; looking at it is recorded"
            onMouseDown={keepFocus}
            onClick={() => props.onWhole(side)}
          >
            Whole <kbd>{keys.whole}</kbd>
          </button>
        ) : null}
      </fieldset>
      {shown === undefined || shown.marks.length === 0 ? null : (
        <p className={classes.marks}>{shown.marks.map(markWords).join(" · ")}</p>
      )}
    </div>
  );
}

/** Only where the face is a part of the picture is the whole something else. */
function hasWhole(evidence: EvidenceView): boolean {
  return wholeRendition(evidence) !== undefined && !evidence.marks.includes("no_face_box");
}

function nameOf(evidence: readonly EvidenceView[], index: number): string {
  const item = evidence[index];
  if (item === undefined) return "";
  const same = evidence.filter((each) => each.kind === item.kind);
  const words = KIND_WORDS[item.kind];
  return same.length > 1 ? `${words} ${same.indexOf(item) + 1}` : words;
}
