import { COMPONENT_VIEWS, COMPONENTS, type ComponentView } from "@secondlook/domain/judging/rating";
import { VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { rove } from "../../../ui/roving.ts";
import type { JudgementForm } from "../model/bench.ts";
import { KeyCap } from "../key-cap.tsx";
import { keepFocus } from "../keep-focus.ts";
import classes from "./judge.module.css";
import { Sign } from "./sign.tsx";
import { COMPONENT_WORDS } from "./words.ts";

const VIEWS: Record<ComponentView, { words: string }> = {
  alike: { words: "alike" },
  unlike: { words: "unlike" },
  not_visible: { words: "not visible" },
};

/** The parts of a face, top to bottom, one line each. */
export function Checklist(props: {
  readonly components: JudgementForm["components"];
  readonly line: number;
  readonly onAnswer: (line: number, view: ComponentView) => void;
}) {
  // One tab stop; arrows move within.
  const [stop, setStop] = useState({ line: 0, column: 0 });
  return (
    <section aria-labelledby="checklist">
      <div className={classes.checkHead}>
        <h3 id="checklist">Part by part</h3>
        {COMPONENT_VIEWS.map((view) => (
          <span key={view} className={classes.checkKey} title={VIEWS[view].words}>
            <Sign view={view} /> <KeyCap of={view} />
          </span>
        ))}
      </div>
      <ul className={classes.checklist} data-choices>
        {COMPONENTS.map((component, line) => (
          <li key={component} className={classes.line} data-current={line === props.line}>
            <span>{COMPONENT_WORDS[component]}</span>
            <span className={classes.views}>
              {COMPONENT_VIEWS.map((view, column) => (
                <button
                  key={view}
                  type="button"
                  className={classes.view}
                  tabIndex={line === stop.line && column === stop.column ? 0 : -1}
                  onKeyDown={(event) => rove(event, COMPONENT_VIEWS.length)}
                  onFocus={() => setStop({ line, column })}
                  aria-pressed={props.components[component] === view}
                  title={VIEWS[view].words}
                  onMouseDown={keepFocus}
                  onClick={() => props.onAnswer(line, view)}
                >
                  <Sign view={view} />
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
