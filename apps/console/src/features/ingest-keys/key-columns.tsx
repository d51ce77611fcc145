import { Button } from "@mantine/core";
import type { IngestKey } from "../../lib/contract.ts";
import tableClasses from "../../ui/data-table.module.css";
import type { Column } from "../../ui/data-table.tsx";
import { instantOf } from "../../ui/time.ts";
import classes from "./keys-screen.module.css";

/** The columns of the keys; a good one can be revoked. */
export function keyColumns(onRevoke: (key: IngestKey) => void): Column<IngestKey>[] {
  return [
    { id: "source", header: "Source", cell: ({ row }) => <bdi>{row.original.source}</bdi> },
    { id: "label", header: "Label", cell: ({ row }) => <bdi>{row.original.label}</bdi> },
    {
      id: "key",
      header: "Key",
      cell: ({ row }) => <span className={tableClasses.id}>{row.original.keyId}</span>,
    },
    { id: "made", header: "Made", cell: ({ row }) => instantOf(row.original.createdAt) },
    {
      id: "used",
      header: "Last used",
      cell: ({ row }) =>
        row.original.lastUsedAt === null ? (
          <span className={tableClasses.dim}>never</span>
        ) : (
          instantOf(row.original.lastUsedAt)
        ),
    },
    {
      id: "state",
      header: "State",
      cell: ({ row }) => <State of={row.original} onRevoke={onRevoke} />,
    },
  ];
}

function State(props: { readonly of: IngestKey; readonly onRevoke: (key: IngestKey) => void }) {
  const { of } = props;
  if (of.revokedAt !== null) {
    return <span className={tableClasses.dim}>revoked {instantOf(of.revokedAt)}</span>;
  }
  return (
    <span className={classes.state}>
      good
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Revoke ${of.label} of ${of.source}`}
        onClick={() => props.onRevoke(of)}
      >
        Revoke
      </Button>
    </span>
  );
}
