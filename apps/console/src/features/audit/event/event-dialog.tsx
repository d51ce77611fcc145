import { fromBase64, fromUtf8, toHex } from "@secondlook/audit/bytes";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AuditEventView, AuditPurpose, AuditRow } from "../../../lib/contract.ts";
import { download } from "../../../lib/download.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { QueryProblem } from "../../../ui/query-problem.tsx";
import { ShownText } from "../../../ui/shown-text.tsx";
import { kindWords } from "../../../ui/words.ts";
import classes from "../audit.module.css";
import { readEvent } from "../audit-api.ts";
import { checkProof, type ProofCheck } from "./check-proof.ts";
import { leafFields } from "./leaf-fields.ts";

/** One event as it stands in the log, and whether its proof holds. */
export function EventDialog(props: {
  readonly row: AuditRow;
  readonly purpose: AuditPurpose;
  readonly onClose: () => void;
}) {
  const { row, purpose } = props;
  const found = useQuery({
    queryKey: ["audit-event", purpose, row.index, row.eid],
    queryFn: async () => {
      const event = await readEvent(purpose, row);
      return { event, check: await checkProof(event, row.index) };
    },
    gcTime: 0,
    staleTime: "static",
  });
  return (
    <Dialog
      title={`${kindWords(row.kind)}, position ${row.index}`}
      size="large"
      onClose={props.onClose}
    >
      {found.isError ? (
        <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <p className={classes.dim}>Reading the event …</p>
      ) : (
        <Opened
          row={row}
          event={found.data.event}
          check={found.data.check}
          onAgain={() => void found.refetch()}
        />
      )}
    </Dialog>
  );
}

function Opened(props: {
  readonly row: AuditRow;
  readonly event: AuditEventView;
  readonly check: ProofCheck;
  readonly onAgain: () => void;
}) {
  const { row, event, check } = props;
  const bytes = fromBase64(event.leaf) ?? new Uint8Array();
  const text = fromUtf8(bytes);
  const fields = text === undefined ? undefined : leafFields(text);
  return (
    <>
      <ProofLine check={check} onAgain={props.onAgain} />
      <dl className={classes.fields}>
        {event.name === null ? null : (
          <div>
            <dt>Name in the directory</dt>
            <dd>
              <ShownText>{event.name}</ShownText>
            </dd>
          </div>
        )}
        {fields?.map(({ path, value }, index) => (
          // The lines of one leaf never change places.
          <div key={index}>
            <dt>
              <ShownText>{path}</ShownText>
            </dt>
            <dd>
              <ShownText>{value}</ShownText>
            </dd>
          </div>
        ))}
      </dl>
      {fields === undefined ? (
        <p className={classes.bad}>These bytes are no event. “audit verify” tells more.</p>
      ) : null}
      <h3 className={classes.subhead}>Exact bytes ({bytes.length})</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre className={classes.bytes} tabIndex={0} aria-label="Exact bytes">
        {text === undefined ? toHex(bytes) : <ShownText>{text}</ShownText>}
      </pre>
      <h3 className={classes.subhead}>The log’s key</h3>
      <p className={classes.dim}>
        The proof was checked in this browser against the key below, which this server names.
        Compare it with the one that you were given apart from it.
      </p>
      <p className={classes.mono}>{event.key}</p>
      {event.proof === null ? null : (
        <Button
          size="xs"
          variant="default"
          mt="sm"
          onClick={() => download(`event-${row.index}.tlog-proof`, event.proof ?? "", "text/plain")}
        >
          Download the proof
        </Button>
      )}
    </>
  );
}

function ProofLine(props: { readonly check: ProofCheck; readonly onAgain: () => void }) {
  const { check } = props;
  if (check.state === "pending") {
    return (
      <div className={classes.proof} data-state="pending" aria-live="polite">
        <p>
          <strong>Pending.</strong> The event has its position, but no signed head covers it yet.
          That takes a tenth of a second while the log runs.
        </p>
        <Button size="compact-xs" variant="default" onClick={props.onAgain}>
          Read again
        </Button>
      </div>
    );
  }
  if (check.state === "failed") {
    return (
      <div className={classes.proof} data-state="failed" role="alert">
        <p>
          <strong>The proof does not hold.</strong> {check.why} Don’t rely on this event; keep what
          you see, and have “audit verify” run with a checkpoint kept elsewhere.
        </p>
      </div>
    );
  }
  return (
    <div className={classes.proof} data-state="proven" aria-live="polite">
      <p>
        <strong>Signed, and proven in this browser.</strong> These bytes stand in the signed log of{" "}
        {check.size} events.
      </p>
      <p className={classes.mono}>
        leaf {check.hash}
        <br />
        root {check.root}
      </p>
    </div>
  );
}
