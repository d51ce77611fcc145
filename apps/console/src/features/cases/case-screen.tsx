import { useQuery } from "@tanstack/react-query";
import type { CaseId, CasePage } from "../../lib/contract.ts";
import { problemOf } from "../../lib/problem.ts";
import { serverNow } from "../../lib/server-clock.ts";
import { api } from "../../lib/trpc.ts";
import { Banner } from "../../ui/banner.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { StateScreen } from "../../ui/state-screen.tsx";
import { instantOf } from "../../ui/time.ts";
import { PRIORITY_WORDS, STAGE_WORDS } from "../../ui/words.ts";
import { Decisions } from "./decisions.tsx";
import { Timeline } from "./timeline.tsx";
import classes from "./cases.module.css";

/** One case: what is known of its course, its decisions, and who did what. */
export function CaseScreen({ caseId }: { readonly caseId: CaseId }) {
  // Fetched once for each opening, and not kept: every fetch is an opening in the log.
  const page = useQuery({
    queryKey: ["case-page", caseId],
    queryFn: () => api.cases.page.mutate({ caseId }),
    gcTime: 0,
    staleTime: "static",
    retry: false,
  });
  if (page.isError) {
    const problem = problemOf(page.error);
    if (problem.kind === "refused" && problem.code === "may_still_judge") {
      return (
        <StateScreen title="This page is closed to you">
          <p>{problem.message}</p>
        </StateScreen>
      );
    }
    return <QueryProblem error={page.error} onRetry={() => void page.refetch()} />;
  }
  if (page.data === undefined) {
    return (
      <Page title="Case">
        <p className={classes.nothing}>Opening …</p>
      </Page>
    );
  }
  return (
    <Page title={`Case ${page.data.externalId}`}>
      {page.data.madeUp ? (
        <Banner tone="quiet">
          Made-up history: no evidence was kept. Nobody sent this case and nobody decided it; it
          stands here so that the demo’s figures and lists have a past to show. The log says so
          where it was loaded, and has only what was done with it since.
        </Banner>
      ) : null}
      <Facts page={page.data} />
      <div className={classes.columns}>
        <Decisions decisions={page.data.decisions} />
        <Timeline
          entries={page.data.timeline}
          cut={page.data.timelineCut}
          madeUp={page.data.madeUp}
        />
      </div>
    </Page>
  );
}

/** The window for an undo ends the same, whether the case goes on after it or rests. */
function settlingWords({ stage }: CasePage, settlesAt: string): string {
  if (stage === "settled") return "Settled";
  return Date.parse(settlesAt) > serverNow() ? "Undo possible until" : "Undo was possible until";
}

function Facts({ page }: { readonly page: CasePage }) {
  const facts: readonly (readonly [string, string])[] = [
    ["Stage", STAGE_WORDS[page.stage]],
    ["Cycle", String(page.cycle)],
    ["Region", page.region],
    ["Priority", PRIORITY_WORDS[page.priority]],
    ["Languages", page.languages.length === 0 ? "none named" : page.languages.join(", ")],
    ["Candidates", String(page.candidates)],
    ["Pieces of evidence", page.madeUp ? "none kept" : String(page.evidence)],
    ["Flagged", instantOf(page.flaggedAt)],
    ["Received", instantOf(page.receivedAt)],
    ["Due", instantOf(page.dueAt)],
    ...(page.settlesAt === null
      ? []
      : [[settlingWords(page, page.settlesAt), instantOf(page.settlesAt)] as const]),
    ["Policy", page.policyVersion === null ? "not begun" : `version ${page.policyVersion}`],
    ["Case id", page.caseId],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([words, value]) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
