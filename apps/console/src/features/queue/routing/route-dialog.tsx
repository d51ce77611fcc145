import {
  KEEP_MINUTES,
  ROUTE_REASON_WORDS,
  ROUTE_REASONS,
  type RouteAct,
  type RouteReason,
} from "@secondlook/domain/queue/route";
import { PRIORITIES, type Priority } from "@secondlook/domain/ingest/case-payload";
import { Button, NativeSelect, Radio, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Assignee, QueueRow, RouteAsked } from "../../../lib/contract.ts";
import { announce } from "../../../lib/announce.ts";
import { problemOf } from "../../../lib/problem.ts";
import { api } from "../../../lib/trpc.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { PRIORITY_WORDS } from "../../../ui/words.ts";
import classes from "../queue-dialog.module.css";
import { PersonField } from "./person-field.tsx";
import { RouteOutcome } from "./route-outcome.tsx";
import {
  ACT_BUTTONS,
  ACT_NOTES,
  ACT_TITLES,
  casesWords,
  keepWords,
  resultWords,
} from "./routing-words.ts";

/** What was filled in, as far as it is. */
interface Form {
  readonly to: Assignee["staffId"] | null;
  readonly minutes: (typeof KEEP_MINUTES)[number];
  readonly priority: Priority | null;
  readonly reason: RouteReason | null;
}

/** Asks how and why, does it, and tells what became of each case. */
export function RouteDialog(props: {
  readonly act: RouteAct;
  readonly rows: readonly QueueRow[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { act, rows } = props;
  const [form, setForm] = useState<Form>({ to: null, minutes: 60, priority: null, reason: null });
  const [tried, setTried] = useState(false);
  const queryClient = useQueryClient();
  const people = useQuery({
    queryKey: ["routing-assignees"],
    queryFn: () => api.queue.assignees.query(),
    enabled: act === "assign",
  });
  const route = useMutation({
    mutationFn: (asked: RouteAsked) => api.queue.route.mutate(asked),
    onSuccess: ({ results }) => {
      announce(resultWords(results));
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: [name] }) => typeof name === "string" && name.startsWith("queue-"),
      });
      if (results.every(({ result }) => result === "done")) {
        props.onDone();
        props.onClose();
      }
    },
  });
  const asked = actOf(act, form);
  const change = (part: Partial<Form>) => setForm({ ...form, ...part });
  const isMissing = (filled: boolean) => tried && !filled;
  return (
    <Dialog
      title={`${ACT_TITLES[act]}: ${casesWords(rows.length)}`}
      size="small"
      onClose={() => {
        if (route.isSuccess) props.onDone();
        props.onClose();
      }}
    >
      {route.isSuccess ? (
        <RouteOutcome results={route.data.results} />
      ) : (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (asked === null || form.reason === null) return;
            route.mutate({ act: asked, reason: form.reason, cases: rows.map(shownCase) });
          }}
        >
          <p className={classes.about}>{ACT_NOTES[act]}</p>
          {act === "assign" ? (
            <>
              <PersonField
                people={people.data?.people}
                value={form.to}
                problem={people.isError ? problemOf(people.error).message : null}
                missing={isMissing(form.to !== null)}
                onChange={(to) => change({ to })}
              />
              <NativeSelect
                label="Kept for them for"
                value={String(form.minutes)}
                data={KEEP_MINUTES.map((each) => ({ value: String(each), label: keepWords(each) }))}
                onChange={(event) =>
                  change({
                    minutes:
                      KEEP_MINUTES.find((each) => String(each) === event.currentTarget.value) ?? 60,
                  })
                }
              />
            </>
          ) : null}
          {act === "priority" ? (
            <Radio.Group
              label="Priority"
              value={form.priority}
              error={isMissing(form.priority !== null) ? "Choose a priority." : undefined}
              onChange={(value) =>
                change({ priority: PRIORITIES.find((each) => each === value) ?? null })
              }
            >
              <Stack gap={6} mt="xs">
                {PRIORITIES.map((each, at) => (
                  <Radio
                    key={each}
                    value={each}
                    label={PRIORITY_WORDS[each]}
                    {...(at === 0 ? { "data-autofocus": true } : {})}
                  />
                ))}
              </Stack>
            </Radio.Group>
          ) : null}
          <Radio.Group
            label="Why?"
            value={form.reason}
            error={isMissing(form.reason !== null) ? "Say why; it stands in the log." : undefined}
            onChange={(value) =>
              change({ reason: ROUTE_REASONS.find((each) => each === value) ?? null })
            }
          >
            <Stack gap={6} mt="xs">
              {ROUTE_REASONS.map((each) => (
                <Radio key={each} value={each} label={ROUTE_REASON_WORDS[each]} />
              ))}
            </Stack>
          </Radio.Group>
          <Button type="submit" loading={route.isPending}>
            {ACT_BUTTONS[act]} {casesWords(rows.length)}
          </Button>
          {route.isError ? (
            <p role="alert" className={classes.problem}>
              {problemOf(route.error).message}
            </p>
          ) : null}
        </form>
      )}
    </Dialog>
  );
}

function actOf(kind: RouteAct, form: Form): RouteAsked["act"] | null {
  switch (kind) {
    case "assign":
      return form.to === null ? null : { kind, to: form.to, minutes: form.minutes };
    case "priority":
      return form.priority === null ? null : { kind, to: form.priority };
    case "release":
    case "put_back":
      return { kind };
  }
}

function shownCase({ caseId, priority, heldBy, keptFor }: QueueRow): RouteAsked["cases"][number] {
  return { caseId, priority, held: heldBy !== null, kept: keptFor !== null };
}
