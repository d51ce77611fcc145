import { isRefusal } from "../../../lib/problem.ts";
import type { CaseForm } from "./bench.ts";
import { attempt, type Desk } from "./desk.ts";
import { draftOf } from "./open-bench.ts";
import { leaseOf } from "./review-state.ts";
import { loseLease } from "./taking.ts";

/** How long after the last change a draft is sent, and how long it waits at most, in milliseconds. */
const QUIET = 400;
const AT_MOST = 1500;

/** Keeps the draft of the case on the bench on the server, never in the browser. */
export interface DraftKeeper {
  /** Sends what has changed now rather than later. */
  flush(): Promise<void>;
  /** As `flush`, in a page that goes away: there is no time to wait for what is under way. */
  leave(): void;
  stop(): void;
}

/** Watches the desk and sends the form once it has been quiet for a moment. */
export function keepDrafts(desk: Desk): DraftKeeper {
  let kept: { caseId: string; form: CaseForm } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<void> | null = null;
  /** When the first change that is not sent yet was made. */
  let since: number | null = null;

  function look(): void {
    const { bench, lost, busy } = desk.state.get();
    if (bench === null || kept?.caseId !== bench.work.caseId) {
      clearTimeout(timer);
      since = null;
      kept = bench === null ? null : { caseId: bench.work.caseId, form: bench.form };
      // What was said of the case before is not true of this one.
      const draft = (bench?.work.draft ?? null) === null ? "kept" : "recovered";
      if (desk.state.get().draft !== draft) desk.patch({ draft });
      return;
    }
    if (kept.form === bench.form || lost !== null) return;
    // Until the decision is answered, the case on the bench may be one that is painted ahead.
    clearTimeout(timer);
    since ??= Date.now();
    const left = Math.max(0, Math.min(QUIET, since + AT_MOST - Date.now()));
    if (busy !== "deciding") timer = setTimeout(() => void flush(), left);
    const { draft } = desk.state.get();
    if (draft === "kept" || draft === "recovered") desk.patch({ draft: "changed" });
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    since = null;
    await sending;
    await sendChanged();
  }

  async function sendChanged(): Promise<void> {
    const { bench, lost } = desk.state.get();
    const changed =
      bench !== null && kept?.caseId === bench.work.caseId && kept.form !== bench.form;
    if (!changed || lost !== null) return;
    sending = send(bench.form);
    await sending;
    sending = null;
  }

  async function send(form: CaseForm): Promise<void> {
    const { bench } = desk.state.get();
    if (bench === null) return;
    const result = await attempt(() => desk.api.saveDraft(leaseOf(bench.work), draftOf(form)));
    if (!desk.isStill(bench)) return;
    if (result.ok) {
      kept = { caseId: bench.work.caseId, form };
      if (desk.state.get().bench?.form === form) desk.patch({ draft: "kept" });
      return;
    }
    desk.patch({ draft: "not_kept" });
    if (isRefusal(result.problem, "lease_lost")) await loseLease(desk);
    else timer = setTimeout(() => void flush(), 4000);
  }

  const unsubscribe = desk.state.subscribe(look);
  return {
    flush,
    leave: () => void sendChanged(),
    stop() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
