import type { ReactNode } from "react";
import type { WhatIfAnswer } from "../../../lib/contract.ts";
import classes from "../insights.module.css";
import { countWords, heldBackWords, intervalWords, percentWords, rateWords } from "../words.ts";

/** What would have come, what would have been missed, what it would have taken, and what nobody can know. */
export function WhatIfAnswerView(props: {
  readonly answer: WhatIfAnswer;
  readonly precision: ReactNode;
  readonly onExplain: () => void;
  /** Takes what is shown along as a file; null while it answers what was asked before. */
  readonly onKeep: (() => void) | null;
}) {
  const { cases, missed, hours, sample, unknown } = props.answer;
  const spared = cases.reviewed - cases.stay;
  return (
    <div className={classes.columns}>
      <dl className={classes.values}>
        <div>
          <dt>Cases that would still have come</dt>
          <dd>
            {countWords(cases.stay)} of {countWords(cases.reviewed)}
            <span className={classes.under}>
              {countWords(spared)} fewer
              {cases.undisclosed === 0
                ? ""
                : ` · ${countWords(cases.undisclosed)} without a score stay in any case`}
            </span>
          </dd>
        </div>
        <div>
          <dt>Confirmed duplicates that would have been missed, among those reviewed</dt>
          <dd>
            {missed.state === "known" ? (
              <>
                {countWords(missed.numerator)} of {countWords(missed.denominator)}
                <span className={classes.under}>
                  {percentWords(missed.value)} · {intervalWords(missed.interval)}
                </span>
              </>
            ) : (
              <span className={classes.held}>
                {missed.reason === "nothing"
                  ? "none was confirmed"
                  : `${heldBackWords(missed.reason)} confirmed: too few to tell`}
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>Work</dt>
          <dd>
            {hours === null ? (
              <span className={classes.held}>handle time is not known</span>
            ) : (
              <>
                {rateWords(hours.stay)} h of {rateWords(hours.reviewed)} h
                <span className={classes.under}>handle time of all rounds</span>
              </>
            )}
          </dd>
        </div>
      </dl>
      <div className={classes.unknown}>
        <h3>What can’t be known from here</h3>
        <p>{unknown}</p>
        <div className={classes.sample}>
          {props.precision}
          <p>
            Sample: <strong>{countWords(sample.anyShare)}</strong> cases
          </p>
        </div>
        <div className={classes.hows}>
          <button type="button" className={classes.how} onClick={props.onExplain}>
            How this is reckoned
          </button>
          <button
            type="button"
            className={classes.how}
            disabled={props.onKeep === null}
            onClick={() => props.onKeep?.()}
          >
            Keep as CSV<span className={classes.unseen}>: what if the threshold were another</span>
          </button>
        </div>
      </div>
    </div>
  );
}
