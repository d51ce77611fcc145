import type { AuditEvent } from "@secondlook/audit/event";
import { OUTCOME_WORDS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import type { Round } from "@secondlook/domain/cases/stage";

const ROUND_WORDS = {
  first: "first round",
  second: "second round",
  adjudication: "adjudication",
  second_adjudication: "second adjudication",
} as const satisfies Record<Round, string>;

/** What else than its page was read of a case, by the purpose. */
const CASE_VIEWS: Readonly<Record<string, string>> = {
  mistake: "A reported mistake was read.",
  question: "The question to a lead was read, by somebody who can't answer it.",
};

/**
 * One short sentence about an event of a case, from its codes alone; empty for a kind that says
 * everything by its name.
 */
export function detailOf(event: AuditEvent): string {
  switch (event.kind) {
    case "case.ingest":
      return `Taken in with ${counted(event.count ?? 0, "piece")} of evidence of this account.`;
    case "case.repeat":
      return "Upstream sent the same again.";
    case "case.run":
      return `Upstream sent a new matcher run (${plain(event.reason)}).`;
    case "case.evidence":
      return `Upstream sent ${counted(event.count ?? 0, "piece")} of new evidence of this account (${plain(event.reason)}).`;
    case "case.withdraw":
      return `Withdrawn by ${event.method === "person" ? "the person" : "upstream"} (${plain(event.reason)}).`;
    case "case.cancel":
      return `The lease of its ${roundOf(event)} was ended by upstream (${plain(event.reason)}).`;
    case "case.claim":
      return event.reason === undefined
        ? `Claimed for its ${roundOf(event)}.`
        : `Claimed for its ${roundOf(event)} (${plain(event.reason)}).`;
    case "case.reserve":
      return `Reserved for its ${roundOf(event)}, to be worked next.`;
    case "case.open":
      return `Opened for its ${roundOf(event)}.`;
    case "case.release":
      return `Given back in its ${roundOf(event)} (${plain(event.reason)}).`;
    case "case.expire":
      return `The lease of its ${roundOf(event)} ran out.`;
    case "case.search":
      return "Shown in a search of cases.";
    case "queue.search":
      return "Shown in the list of what waits.";
    case "case.view":
      return event.purpose?.code === "upstream_state"
        ? "Upstream asked where it stands."
        : (CASE_VIEWS[event.purpose?.code ?? ""] ?? "The case's page was opened.");
    case "case.escalate":
      return `Sent to a lead with a question, in its ${roundOf(event)}.`;
    case "case.await":
      return `Waits for a new capture (${plain(event.reason)}).`;
    case "candidate.open":
      return "A candidate was put beside the probe.";
    case "media.read":
      return event.purpose.code === "prefetch"
        ? `Evidence was sent ahead, for a case to come: ${event.rendition}.`
        : `Evidence was sent to the screen: ${event.rendition} (${plain(event.purpose.code)}).`;
    case "media.denied":
      return `Evidence was asked for and not shown (${plain(event.reason)}).`;
    case "field.reveal":
      return `Attributes were shown: ${event.fields.map(plain).join(", ")}.`;
    case "judgement.seal":
      return `A rating was sealed in its ${roundOf(event)}.`;
    case "judgement.amend":
      return `A rating was amended in its ${roundOf(event)}.`;
    case "score.reveal":
      return event.purpose?.code === "settled_case"
        ? "The machine's view of the settled case was shown."
        : `The machine's view was shown in its ${roundOf(event)}.`;
    case "draft.read":
    case "draft.save":
      return `A draft of its ${roundOf(event)} was ${event.kind === "draft.read" ? "read" : "kept"}.`;
    case "decision.submit":
      return `Decided in its ${roundOf(event)}: ${outcomeWords(event.decision.outcome)}.`;
    case "decision.undo":
      return `The decision of its ${roundOf(event)} was taken back.`;
    case "decision.mistake":
      return `Its author reported the decision of its ${roundOf(event)} as a mistake.`;
    case "decision.mistake_closed":
      return `A lead dealt with the mistake reported of its ${roundOf(event)} (${plain(event.reason)}).`;
    case "decision.settle":
      return `The decision of its ${roundOf(event)} can't be taken back any more.`;
    case "decision.effective":
      return `Now in force: ${outcomeWords(event.decision.outcome)}.`;
    case "decision.reopen":
      return `Opened again (${plain(event.reason)}).`;
    case "exemption.record":
      return `A further account was permitted (${plain(event.reason)}).`;
    case "exemption.undo":
      return "An exemption was taken back with its decision.";
    case "access.denied":
      return `Refused: ${plain(event.action)}.`;
    default:
      return "";
  }
}

function roundOf(event: { readonly round: Round }): string {
  return ROUND_WORDS[event.round];
}

function outcomeWords(code: string): string {
  const outcome = OUTCOMES.find((each) => each === code);
  return outcome === undefined ? plain(code) : OUTCOME_WORDS[outcome].toLowerCase();
}

/** A code as words: `new_capture` reads “new capture”. */
function plain(code: string): string {
  return code.replaceAll(/[_.]/g, " ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
