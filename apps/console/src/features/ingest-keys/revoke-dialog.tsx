import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { IngestKey } from "../../lib/contract.ts";
import { announce } from "../../lib/announce.ts";
import { problemOf } from "../../lib/problem.ts";
import { api } from "../../lib/trpc.ts";
import { Dialog } from "../../ui/dialog.tsx";
import classes from "./keys-screen.module.css";

/** Asked before a key is taken back, which nothing undoes. */
export function RevokeDialog(props: {
  readonly of: IngestKey;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}) {
  const { of } = props;
  const revoke = useMutation({
    mutationFn: () => api.ingestKeys.revoke.mutate({ keyId: of.keyId }),
    onSuccess: () => {
      announce("The key is revoked.");
      props.onRevoked();
    },
  });
  return (
    <Dialog title="Revoke this key?" size="small" onClose={props.onClose}>
      <p className={classes.text}>
        Whatever <bdi>{of.source}</bdi> sends with the key “<bdi>{of.label}</bdi>” is refused from
        then on, also what is arriving just now. This can't be taken back; a new key can be made.
      </p>
      <div className={classes.actions}>
        <Button
          className={classes.harm ?? ""}
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          Revoke the key
        </Button>
        <Button variant="default" onClick={props.onClose}>
          Keep it
        </Button>
      </div>
      {revoke.isError ? (
        <p role="alert" className={classes.problem}>
          {problemOf(revoke.error).message}
        </p>
      ) : null}
    </Dialog>
  );
}
