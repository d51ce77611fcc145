import { EVENT_KINDS } from "@secondlook/audit/event";
import { AUDIT_PURPOSE_WORDS, AUDIT_PURPOSES } from "@secondlook/domain/access/audit-purposes";
import { isId } from "@secondlook/domain/ids";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { AuditFilter, AuditPurpose } from "../../lib/contract.ts";
import { kindWords } from "../../ui/words.ts";
import classes from "./audit.module.css";

const KINDS = [
  { value: "", label: "Any" },
  ...Object.keys(EVENT_KINDS)
    .toSorted()
    .map((value) => ({ value, label: kindWords(value) })),
];
const PURPOSES = [
  { value: "", label: "Choose one" },
  ...AUDIT_PURPOSES.map((value) => ({ value, label: AUDIT_PURPOSE_WORDS[value] })),
];

/** What for, and what to look for. Nothing is read before a purpose is chosen. */
export function SearchForm(props: {
  readonly purpose: AuditPurpose | null;
  readonly filter: AuditFilter;
  readonly onRead: (purpose: AuditPurpose, filter: AuditFilter) => void;
}) {
  const [purpose, setPurpose] = useState(props.purpose);
  const [form, setForm] = useState({
    kind: props.filter.kind ?? "",
    who: props.filter.who ?? "",
    caseId: props.filter.caseId ?? "",
    subjectId: props.filter.subjectId ?? "",
    from: props.filter.from ?? "",
    to: props.filter.to ?? "",
  });
  const [tried, setTried] = useState(false);
  const set = (name: keyof typeof form) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setForm((before) => ({ ...before, [name]: value }));
  };
  const caseId = form.caseId.trim();
  const subjectId = form.subjectId.trim();
  const wrongCase = caseId !== "" && !isId("case", caseId);
  const wrongSubject = subjectId !== "" && !isId("subject", subjectId);
  return (
    <search>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (purpose === null || wrongCase || wrongSubject) return;
          props.onRead(purpose, {
            kind: form.kind === "" ? null : form.kind,
            who: form.who.trim() === "" ? null : form.who.trim(),
            caseId: isId("case", caseId) ? caseId : null,
            subjectId: isId("subject", subjectId) ? subjectId : null,
            from: form.from === "" ? null : form.from,
            to: form.to === "" ? null : form.to,
          });
        }}
      >
        <NativeSelect
          label="Purpose"
          size="xs"
          data={PURPOSES}
          value={purpose ?? ""}
          error={tried && purpose === null ? "Say what you read the log for." : null}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setPurpose(AUDIT_PURPOSES.find((each) => each === value) ?? null);
          }}
        />
        <NativeSelect
          label="Kind"
          size="xs"
          data={KINDS}
          value={form.kind}
          onChange={set("kind")}
        />
        <TextInput
          label="Who"
          size="xs"
          maxLength={64}
          placeholder="account or id"
          value={form.who}
          onChange={set("who")}
        />
        <TextInput
          label="Case"
          size="xs"
          maxLength={32}
          placeholder="cas_…"
          value={form.caseId}
          error={tried && wrongCase ? "A case’s id begins with cas_." : null}
          onChange={set("caseId")}
        />
        <TextInput
          label="Subject"
          size="xs"
          maxLength={32}
          placeholder="sub_…"
          value={form.subjectId}
          error={tried && wrongSubject ? "A subject’s id begins with sub_." : null}
          onChange={set("subjectId")}
        />
        <TextInput
          label="From (UTC)"
          size="xs"
          type="date"
          value={form.from}
          onChange={set("from")}
        />
        <TextInput label="to" size="xs" type="date" value={form.to} onChange={set("to")} />
        <Button type="submit" size="xs">
          Read the log
        </Button>
      </form>
    </search>
  );
}
