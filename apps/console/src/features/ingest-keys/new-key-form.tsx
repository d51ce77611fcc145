import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../lib/problem.ts";
import { api } from "../../lib/trpc.ts";
import classes from "./keys-screen.module.css";

/** A key as it was made: the only time that anybody has it. */
export interface MadeKey {
  readonly keyId: string;
  readonly key: string;
  readonly source: string;
  readonly label: string;
}

const SOURCE = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const SOURCE_RULE = "Up to 64 small letters, digits, dots, dashes or underscores.";

/** Makes a key for an upstream system, which may be a new one. */
export function NewKeyForm(props: { readonly onMade: (key: MadeKey) => void }) {
  const [source, setSource] = useState("");
  const [label, setLabel] = useState("");
  const [tried, setTried] = useState(false);
  const make = useMutation({
    mutationFn: (of: { source: string; label: string }) => api.ingestKeys.create.mutate(of),
    onSuccess: ({ keyId, key }, of) => {
      setSource("");
      setLabel("");
      setTried(false);
      props.onMade({ keyId, key, ...of });
    },
  });
  const isNamed = SOURCE.test(source.trim());
  return (
    <form
      className={classes.form}
      aria-label="A new key"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isNamed || make.isPending) return;
        const name = source.trim();
        make.mutate({ source: name, label: label.trim() === "" ? name : label.trim() });
      }}
    >
      <TextInput
        label="Source"
        description="The upstream system's name, such as marketplace-vn"
        size="xs"
        maxLength={64}
        required
        withAsterisk={false}
        value={source}
        error={tried && !isNamed ? SOURCE_RULE : null}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <TextInput
        label="Label"
        description="Which of its keys; may stay empty"
        size="xs"
        maxLength={64}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={make.isPending}>
        Make a key
      </Button>
      {make.isError ? (
        <p role="alert" className={classes.problem}>
          {problemOf(make.error).message}
        </p>
      ) : null}
    </form>
  );
}
