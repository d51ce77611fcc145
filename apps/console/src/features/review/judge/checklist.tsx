import { COMPONENT_VIEWS, COMPONENTS, type ComponentView } from "@secondlook/domain/judging/rating";
import { VisuallyHidden } from "@mantine/core";
import type { JudgementForm } from "../model/bench.ts";
import { keepFocus } from "../keep-focus.ts";
import classes from "./judge.module.css";
import { COMPONENT_WORDS } from "./words.ts";

const VIEWS: Record<ComponentView, { sign: string; words: string; key: string }> = {
  alike: { sign: "=", words: "alike", key: "z" },
  unlike: { sign: "≠", words: "unlike", key: "x" },
  not_visible: { sign: "·", words: "not visible", key: "c" },
};

/** The parts of a face, top to bottom, one line each. */
export function Checklist(props: {
  readonly components: JudgementForm["components"];
  readonly line: number;
  readonly onAnswer: (line: number, view: ComponentView) => void;
}) {
  return (
    <section aria-labelledby="checklist">
      <div className={classes.checkHead}>
        <h3 id="checklist">Part by part</h3>
        {COMPONENT_VIEWS.map((view) => (
          <span key={view} className={classes.checkKey} title={VIEWS[view].words}>
            <span aria-hidden="true">{VIEWS[view].sign}</span> <kbd>{VIEWS[view].key}</kbd>
          </span>
        ))}
      </div>
      <ul className={classes.checklist}>
        {COMPONENTS.map((component, line) => (
          <li key={component} className={classes.line} data-current={line === props.line}>
            <span>{COMPONENT_WORDS[component]}</span>
            <span className={classes.views}>
              {COMPONENT_VIEWS.map((view) => (
                <button
                  key={view}
                  type="button"
                  className={classes.view}
                  aria-pressed={props.components[component] === view}
                  title={VIEWS[view].words}
                  onMouseDown={keepFocus}
                  onClick={() => props.onAnswer(line, view)}
                >
                  {VIEWS[view].sign}
                  <VisuallyHidden>
                    {COMPONENT_WORDS[component]}: {VIEWS[view].words}
                  </VisuallyHidden>
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
