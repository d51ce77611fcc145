import { compareAttribute } from "@secondlook/domain/attributes/compare-attribute";
import type { MaskedField } from "@secondlook/domain/attributes/masked-fields";
import { VisuallyHidden } from "@mantine/core";
import type { AttributesView } from "../../../lib/contract.ts";
import { KeyCap } from "../key-cap.tsx";
import { keepFocus } from "../keep-focus.ts";
import { KEY_OF_MASKED } from "../keys.ts";
import type { Unmasked } from "../model/bench.ts";
import classes from "./attributes.module.css";
import { Value } from "./detail-value.tsx";

/** A masked detail: how it compares is told, what it is only when asked for. */
export function MaskedRow(props: {
  readonly words: string;
  readonly masked: AttributesView["masked"][number];
  readonly values: Unmasked[MaskedField];
  /** There is no candidate beside it. */
  readonly alone: boolean;
  readonly onReveal: (field: MaskedField) => void;
}) {
  const { masked, values } = props;
  const { field } = masked;
  const marks =
    values === undefined
      ? undefined
      : compareAttribute(
          field,
          { probe: values.probe ?? undefined, candidate: values.candidate ?? undefined },
          (text) => text,
        ).marks;
  const cell = (side: "probe" | "candidate", of: "left" | "right") => {
    if (!masked[side]) return <Value field={field} side={{ text: undefined }} />;
    if (values === undefined) return <Mask />;
    return <Value field={field} side={{ text: values[side] ?? undefined, marks: marks?.[of] }} />;
  };
  return (
    <tr>
      <th scope="row">
        {props.words}{" "}
        <button
          type="button"
          className={classes.unmask}
          aria-pressed={values !== undefined}
          title={values === undefined ? "Showing it is recorded" : undefined}
          onMouseDown={keepFocus}
          onClick={() => props.onReveal(field)}
        >
          {values === undefined ? "show" : "hide"}
          <VisuallyHidden>
            {" "}
            the {props.words.toLowerCase()}
            {props.alone ? "" : " of both sides"}
          </VisuallyHidden>{" "}
          <KeyCap of={KEY_OF_MASKED[field]} />
        </button>
      </th>
      <td>{cell("probe", "left")}</td>
      {props.alone ? null : <td>{cell("candidate", "right")}</td>}
      <td className={classes.verdict} data-likeness={masked.likeness}>
        {masked.words}
      </td>
    </tr>
  );
}

function Mask() {
  return (
    <>
      <span className={classes.mask} aria-hidden="true">
        ••••••
      </span>
      <VisuallyHidden>masked</VisuallyHidden>
    </>
  );
}
