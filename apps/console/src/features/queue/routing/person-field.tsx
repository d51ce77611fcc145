import { NativeSelect } from "@mantine/core";
import type { Assignee } from "../../../lib/contract.ts";

const ROLE_WORDS: Partial<Record<Assignee["role"], string>> = {
  senior: "senior",
  lead: "lead",
};

/** Whom cases are given to, by name, with what they may take where that is not everything. */
export function PersonField(props: {
  readonly people: readonly Assignee[] | undefined;
  readonly value: Assignee["staffId"] | null;
  readonly problem: string | null;
  readonly missing: boolean;
  readonly onChange: (to: Assignee["staffId"] | null) => void;
}) {
  const { people, problem, missing } = props;
  return (
    <NativeSelect
      label="To whom"
      data-autofocus
      value={props.value ?? ""}
      error={problem ?? (missing ? "Choose somebody." : undefined)}
      data={[
        { value: "", label: people === undefined ? "Asking who is there …" : "Choose somebody" },
        ...(people ?? []).map((person) => ({ value: person.staffId, label: personWords(person) })),
      ]}
      onChange={(event) =>
        props.onChange(
          people?.find(({ staffId }) => staffId === event.currentTarget.value)?.staffId ?? null,
        )
      }
    />
  );
}

/** `Rosa Reviewer (lead; VN, US)`. Names are isolated, whichever way they run. */
function personWords({ displayName, role, regions, languages }: Assignee): string {
  const only = [...(regions ?? []), ...(languages ?? [])].join(", ");
  const about = [ROLE_WORDS[role], only === "" ? undefined : only].filter(
    (each) => each !== undefined,
  );
  const name = `\u2068${displayName}\u2069`;
  return about.length === 0 ? name : `${name} (${about.join("; ")})`;
}
