import type { ReactNode } from "react";
import type { AttributesView } from "../../../lib/contract.ts";
import classes from "./attributes.module.css";
import { compareLetters, type Stretch } from "./diff.ts";

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
  const rows = FIELDS.filter(
    ([field]) => view.probe[field] !== undefined || view.candidate[field] !== undefined,
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys can scroll only what takes the focus
    <section className={classes.wrap} aria-label="Details of both sides" tabIndex={0} data-scrolls>
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
  const probe = view.probe[field];
  const candidate = view.candidate[field];
  const both = probe !== undefined && candidate !== undefined;
  const difference = both ? compareLetters(probe, candidate) : null;
  return (
    <tr>
      <th scope="row">{props.words}</th>
      <td>
        <Value text={probe} stretches={difference?.left} />
      </td>
      <td>
        <Value text={candidate} stretches={difference?.right} />
      </td>
      <td className={classes.verdict}>{verdictOf(field, view, difference?.letters)}</td>
    </tr>
  );
}

function Value(props: {
  readonly text: string | undefined;
  readonly stretches: readonly Stretch[] | undefined;
}) {
  if (props.text === undefined) return <span className={classes.none}>not given</span>;
  if (props.stretches === undefined) return <bdi>{props.text}</bdi>;
  return (
    <bdi>
      {props.stretches.map((each, index) =>
        // The stretches of one text never change places.
        each.same ? <span key={index}>{each.text}</span> : <mark key={index}>{each.text}</mark>,
      )}
    </bdi>
  );
}

function verdictOf(field: Field, view: AttributesView, letters: number | undefined): ReactNode {
  const signals: readonly string[] = view.sharedSignals;
  const shared = signals.includes(field) ? (
    <span className={classes.shared}>shared{countOf(field, view)}</span>
  ) : null;
  if (letters === undefined) return shared;
  if (letters === 0) return <>the same {shared}</>;
  const longer = Math.max(view.probe[field]?.length ?? 0, view.candidate[field]?.length ?? 0);
  if (letters * 2 > longer) return <>different {shared}</>;
  return (
    <>
      {letters === 1 ? "differs by 1 letter" : `differs by ${letters} letters`} {shared}
    </>
  );
}

function countOf(field: Field, view: AttributesView): string {
  if (field !== "payoutAccount" && field !== "deviceId" && field !== "address") return "";
  const count = view.signalCounts[field];
  return count === undefined ? "" : ` by ${count} accounts`;
}
