import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { CsvSection } from "../../../lib/contract.ts";
import { problemOf } from "../../../lib/problem.ts";
import { download } from "../../../lib/download.ts";
import classes from "../insights.module.css";

const SECTION_WORDS: Record<CsvSection, string> = {
  days: "by day",
  people: "by person",
  model: "by model version",
  region: "by region",
  policy: "by policy version",
  band: "by score band",
  model_region: "by model and region",
  outcomes: "outcomes",
  reasons: "reasons",
  agreement: "pairs of rounds",
  marks: "marked differences",
};

/** Takes a part of the page along as a file: what is held back on it is held back there too. */
export function CsvButton(props: {
  readonly section: CsvSection;
  readonly read: (section: CsvSection) => Promise<{ fileName: string; text: string }>;
}) {
  const file = useMutation({
    mutationFn: () => props.read(props.section),
    onSuccess: ({ fileName, text }) => download(fileName, text),
  });
  return (
    <>
      <Button size="xs" variant="default" loading={file.isPending} onClick={() => file.mutate()}>
        CSV {SECTION_WORDS[props.section]}
      </Button>
      {file.isError ? (
        <p className={classes.fault} role="alert">
          {problemOf(file.error).message}
        </p>
      ) : null}
    </>
  );
}
