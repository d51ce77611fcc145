import type { Stretch } from "@secondlook/domain/attributes/letter-difference";
import { Parts, ShownText } from "../../../ui/shown-text.tsx";
import classes from "./attributes.module.css";
import { valueWords } from "./value-words.ts";

/** One side's value: what was sent, what of it differs, and how it is written in Latin letters. */
export interface Side {
  readonly text: string | undefined;
  readonly marks?: readonly Stretch[] | undefined;
  readonly latin?: readonly Stretch[] | undefined;
}

/** A value in its own direction, with what differs marked. */
export function Value({ field, side }: { readonly field: string; readonly side: Side }) {
  const { text, marks, latin } = side;
  if (text === undefined) return <span className={classes.none}>not given</span>;
  return (
    <>
      <span className={classes.value} dir="auto">
        {marks === undefined ? (
          <ShownText>{valueWords(field, text)}</ShownText>
        ) : (
          <Marked stretches={marks} />
        )}
      </span>
      {latin === undefined ? null : (
        <span className={classes.latin}>
          <Marked stretches={latin} />
        </span>
      )}
    </>
  );
}

function Marked({ stretches }: { readonly stretches: readonly Stretch[] }) {
  return (
    <bdi>
      {stretches.map((each, index) => {
        const before = stretches[index - 1]?.text ?? "";
        const after = stretches[index + 1]?.text ?? "";
        const parts = <Parts text={each.text} before={before} after={after} />;
        // The stretches of one text never change places.
        return each.same ? <span key={index}>{parts}</span> : <mark key={index}>{parts}</mark>;
      })}
    </bdi>
  );
}
