import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./queue-screen.module.css";

/** Narrows the page down to a region and its parts. */
export function RegionFilter(props: {
  readonly region: string | null;
  readonly onRegion: (region: string | null) => void;
}) {
  const [text, setText] = useState(props.region ?? "");
  return (
    <form
      className={classes.filter}
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = text.trim().toUpperCase();
        props.onRegion(wanted === "" ? null : wanted);
      }}
    >
      <TextInput
        label="Region"
        placeholder="VN or US-CA"
        size="xs"
        maxLength={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default">
        Show
      </Button>
      {props.region === null ? null : (
        <Button size="xs" variant="subtle" onClick={() => props.onRegion(null)}>
          All regions
        </Button>
      )}
    </form>
  );
}
