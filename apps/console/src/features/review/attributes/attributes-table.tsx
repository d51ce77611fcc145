import { useRef } from "react";
import type { AttributesView } from "../../../lib/contract.ts";
import classes from "./attributes.module.css";
import { Parts, ShownText } from "../../../ui/shown-text.tsx";
import { compare } from "./compare.ts";
import type { Stretch } from "./diff.ts";
import { usePaging } from "./use-paging.ts";
import { valueWords } from "./value-words.ts";

type Field = keyof AttributesView["probe"];

const FIELDS: readonly (readonly [Field, string])[] = [
  ["fullName", "Name"],
  ["dateOfBirth", "Birth date"],
  ["nationality", "Nationality"],
  ["documentType", "Document"],
  ["documentNumber", "Document number"],
  ["address", "Address"],
  ["email", "E-mail"],
  ["phone", "Phone"],
  ["payoutAccount", "Payout account"],
  ["deviceId", "Device"],
  ["ipAddress", "IP address"],
];

/** Names, details and shared signals of both sides, open once the pair is sealed. */
export function AttributesTable({ view }: { readonly view: AttributesView }) {
  const given = FIELDS.filter(
    ([field]) => view.probe[field] !== undefined || view.candidate[field] !== undefined,
  );
  // What both accounts share counts most, so it is never the part that is scrolled out of sight.
  const rows = [
    ...given.filter(([field]) => isShared(field, view)),
    ...given.filter(([field]) => !isShared(field, view)),
  ];
  const wrap = useRef<HTMLElement>(null);
  usePaging(wrap);
  return (
    <section
      ref={wrap}
      className={classes.wrap}
      aria-label="Details of both sides"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys can scroll only what takes the focus
      tabIndex={0}
      data-scrolls
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Detail</th>
            <th scope="col">Probe</th>
            <th scope="col">Candidate</th>
            <th scope="col">Compared</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([field, words]) => (
            <Row key={field} field={field} words={words} view={view} />
          ))}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={4}>Upstream sent no details of either side.</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

function Row(props: {
  readonly field: Field;
  readonly words: string;
  readonly view: AttributesView;
}) {
  const { field, view } = props;
  const comparison = compare(field, view.probe[field], view.candidate[field]);
  return (
    <tr>
      <th scope="row">{props.words}</th>
      <td>
        <Value field={field} text={view.probe[field]} stretches={comparison.left} />
      </td>
      <td>
        <Value field={field} text={view.candidate[field]} stretches={comparison.right} />
      </td>
      <td className={classes.verdict}>
        {comparison.words}{" "}
        {isShared(field, view) ? (
          <span className={classes.shared}>shared{countOf(field, view)}</span>
        ) : null}
      </td>
    </tr>
  );
}

function Value(props: {
  readonly field: Field;
  readonly text: string | undefined;
  readonly stretches: readonly Stretch[] | undefined;
}) {
  if (props.text === undefined) return <span className={classes.none}>not given</span>;
  const { stretches } = props;
  if (stretches === undefined) return <ShownText>{valueWords(props.field, props.text)}</ShownText>;
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

function isShared(field: Field, view: AttributesView): boolean {
  const signals: readonly string[] = view.sharedSignals;
  return signals.includes(field);
}

function countOf(field: Field, view: AttributesView): string {
  if (field !== "payoutAccount" && field !== "deviceId" && field !== "address") return "";
  const count = view.signalCounts[field];
  return count === undefined ? "" : ` by ${count} accounts`;
}
