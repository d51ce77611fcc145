import { OUTCOME_WORDS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./cases.module.css";
import type { Search } from "./search-params.ts";

const ANY = { value: "", label: "Any" };

/** Ids and codes only: people are never looked up by what is known of them. */
export function SearchForm(props: {
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
}) {
  const [form, setForm] = useState(props.search);
  const set = (name: keyof Search) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setForm((before) => ({ ...before, [name]: value === "" ? null : value }));
  };
  return (
    <search>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          const region = form.region?.trim().toUpperCase() ?? null;
          props.onSearch({ ...form, region, id: form.id?.trim() ?? null });
        }}
      >
        <TextInput
          className={classes.idField ?? ""}
          label="Case or external id, whole"
          size="xs"
          maxLength={128}
          value={form.id ?? ""}
          onChange={set("id")}
        />
        <TextInput
          label="Region"
          size="xs"
          maxLength={6}
          placeholder="VN"
          value={form.region ?? ""}
          onChange={set("region")}
        />
        <NativeSelect
          label="Outcome"
          size="xs"
          data={[ANY, ...OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))]}
          value={form.outcome ?? ""}
          onChange={set("outcome")}
        />
        <TextInput
          label="Received from"
          size="xs"
          type="date"
          value={form.from ?? ""}
          onChange={set("from")}
        />
        <TextInput label="to" size="xs" type="date" value={form.to ?? ""} onChange={set("to")} />
        <Button type="submit" size="xs">
          Search
        </Button>
      </form>
    </search>
  );
}
