import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { IngestKey } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { keyColumns } from "./key-columns.tsx";
import classes from "./keys-screen.module.css";
import { type MadeKey, NewKeyForm } from "./new-key-form.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { ShownKey } from "./shown-key.tsx";

const KEYS = ["ingest-keys"];

/** For administrators: the keys that upstream systems send cases with. */
export function KeysScreen() {
  const [made, setMade] = useState<MadeKey | null>(null);
  const [revoking, setRevoking] = useState<IngestKey | null>(null);
  const queryClient = useQueryClient();
  const keys = useQuery({ queryKey: KEYS, queryFn: () => api.ingestKeys.list.query() });
  const reload = () => void queryClient.invalidateQueries({ queryKey: KEYS });
  // Made once: cells of new columns are new elements, which the focus would not find again.
  const columns = useMemo(() => keyColumns(setRevoking), []);
  const rows = keys.data?.keys;
  return (
    <Page title="Ingest keys">
      <p className={classes.lead}>
        Upstream systems send their cases with a key. It is shown once, when it is made; what is
        kept is a keyed hash. Every use stands in the log.
      </p>
      <NewKeyForm
        onMade={(key) => {
          setMade(key);
          reload();
        }}
      />
      {made === null ? null : (
        <ShownKey key={made.keyId} made={made} onDone={() => setMade(null)} />
      )}
      {keys.isError ? (
        <QueryProblem error={keys.error} onRetry={() => void keys.refetch()} />
      ) : rows === undefined ? (
        <p className={classes.dim}>Looking up the keys …</p>
      ) : rows.length === 0 ? (
        <p className={classes.nothing}>
          There is no key yet. Make one, and give it to the system that sends cases.
        </p>
      ) : (
        <DataTable caption="Ingest keys" columns={columns} rows={rows} />
      )}
      {revoking === null ? null : (
        <RevokeDialog
          of={revoking}
          onClose={() => setRevoking(null)}
          onRevoked={() => {
            setRevoking(null);
            if (made?.keyId === revoking.keyId) setMade(null);
            reload();
          }}
        />
      )}
    </Page>
  );
}
