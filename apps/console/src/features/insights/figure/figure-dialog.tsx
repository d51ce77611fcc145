import type { Definition } from "@secondlook/domain/insights/definitions";
import type { CsvSection } from "../../../lib/contract.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import classes from "../insights.module.css";
import type { Opened } from "../opened.ts";
import { ShareValue } from "../share-value.tsx";
import { CasesBehind, type ReadCases } from "./cases-behind.tsx";
import { CsvButton } from "./csv-button.tsx";

/** What is behind a figure: its definition, the cases it is made of, and the file to take along. */
export function FigureDialog(props: {
  readonly opened: Opened;
  readonly definition: Definition;
  /** Asks for a page of the cases; absent where no figure here is made of cases. */
  readonly readCases?: ReadCases;
  /** Asks for a part of the page as a file; absent where there is none. */
  readonly readCsv?: (section: CsvSection) => Promise<{ fileName: string; text: string }>;
  /** Whether the list says who decided. */
  readonly names?: boolean;
  readonly onClose: () => void;
}) {
  const { opened, definition, readCases, readCsv, names = false, onClose } = props;
  const facts: readonly (readonly [string, string])[] = [
    ["What it says", definition.meaning],
    ["Numerator", definition.numerator],
    ["Denominator", definition.denominator],
    ["Left out", definition.exclusions],
    ...(definition.source === null ? [] : [["Method", definition.source] as const]),
  ];
  return (
    <Dialog
      title={opened.of === null ? definition.title : `${definition.title}: ${opened.of}`}
      size="large"
      onClose={onClose}
    >
      <div className={classes.behind}>
        {opened.share === undefined ? null : (
          <p className={classes.behindValue}>
            <ShareValue share={opened.share} counts />
          </p>
        )}
        {opened.values === undefined ? null : (
          <dl className={classes.values}>
            {opened.values.map(([words, value]) => (
              <div key={words}>
                <dt>{words}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <dl className={classes.definition}>
          {facts.map(([words, text]) => (
            <div key={words}>
              <dt>{words}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        {readCsv === undefined || opened.sections.length === 0 ? null : (
          <div className={classes.csv}>
            {opened.sections.map((section) => (
              <CsvButton key={section} section={section} read={readCsv} />
            ))}
          </div>
        )}
        {opened.cases === null || readCases === undefined ? null : (
          <CasesBehind figure={opened.cases.figure} read={readCases} names={names} />
        )}
      </div>
    </Dialog>
  );
}
