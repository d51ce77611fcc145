import { useRef } from "react";
import type { AttributesView } from "../../../lib/contract.ts";
import type { Unmasked } from "../model/bench.ts";
import classes from "./attributes.module.css";
import { countOf, type Detail, detailsOf } from "./details.ts";
import { type Side, Value } from "./detail-value.tsx";
import type { Romanise } from "@secondlook/domain/attributes/comparison";
import { compareAttribute } from "@secondlook/domain/attributes/compare-attribute";
import type { MaskedField } from "@secondlook/domain/attributes/masked-fields";
import { MaskedRow } from "./masked-row.tsx";
import { usePaging } from "./use-paging.ts";
import { useRomanise } from "./use-romanise.ts";

interface TableProps {
  readonly view: AttributesView;
  readonly unmasked: Unmasked;
  readonly onReveal: (field: MaskedField) => void;
}

/** Names, details and shared signals: of both sides once the pair is sealed, or of the probe alone. */
export function AttributesTable({ view, unmasked, onReveal }: TableProps) {
  const rows = detailsOf(view);
  const alone = view.candidateId === null;
  const wrap = useRef<HTMLElement>(null);
  const romanise = useRomanise();
  usePaging(wrap);
  return (
    <section
      ref={wrap}
      className={classes.wrap}
      aria-label={alone ? "Details of the probe" : "Details of both sides"}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys can scroll only what takes the focus
      tabIndex={0}
      data-scrolls
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Detail</th>
            <th scope="col">Probe</th>
            {alone ? null : <th scope="col">Candidate</th>}
            <th scope="col">{alone ? "Shared" : "Compared"}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((detail) =>
            detail.masked === undefined ? (
              <OpenRow key={detail.field} detail={detail} view={view} romanise={romanise} />
            ) : (
              <MaskedRow
                key={detail.field}
                words={detail.words}
                masked={detail.masked}
                alone={alone}
                values={unmasked[detail.masked.field]}
                onReveal={onReveal}
              />
            ),
          )}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={4}>Upstream sent no details.</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

function OpenRow(props: {
  readonly detail: Detail;
  readonly view: AttributesView;
  /** Null while the table of scripts loads. */
  readonly romanise: Romanise | null;
}) {
  const { detail, view, romanise } = props;
  const { probe, candidate, field } = detail;
  const comparison =
    romanise === null ? null : compareAttribute(field, { probe, candidate }, romanise);
  const side = (of: "left" | "right", text: string | undefined): Side => ({
    text,
    marks: comparison?.marks?.[of],
    latin: comparison?.latin?.[of],
  });
  return (
    <tr>
      <th scope="row">{detail.words}</th>
      <td>
        <Value field={field} side={side("left", probe)} />
      </td>
      {view.candidateId === null ? null : (
        <td>
          <Value field={field} side={side("right", candidate)} />
        </td>
      )}
      <td className={classes.verdict} data-likeness={comparison?.likeness}>
        {comparison?.words}{" "}
        {detail.shared ? (
          <span className={classes.shared}>shared{countWords(detail, view)}</span>
        ) : null}
      </td>
    </tr>
  );
}

/** How many accounts have the value, those on the stage included. */
function countWords({ field, probe, candidate }: Detail, view: AttributesView): string {
  const count = countOf(field, view);
  if (view.candidateId === null) return count < 2 ? "" : ` by ${count} accounts`;
  if (probe === undefined || candidate === undefined) return " by both, upstream says";
  return count > 2 ? ` by both and ${count - 2} more` : " by both";
}
