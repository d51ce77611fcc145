import { isId } from "@secondlook/domain/ids";
import { addDays, type Day, weekOf } from "@secondlook/domain/insights/reporting-day";
import type { InsightsFilter } from "../../lib/contract.ts";

export type Dates = Pick<InsightsFilter, "from" | "to">;

/** Reads the filter from the address; what is not understood is left out. */
export function filterFrom(params: URLSearchParams): InsightsFilter {
  const policy = Number(params.get("policy"));
  const reviewer = params.get("reviewer");
  const provider = text(params.get("provider"), 64);
  const version = text(params.get("version"), 64);
  return {
    ...datesFrom(params),
    region: text(params.get("region"), 6),
    model: provider === null || version === null ? null : { provider, version },
    policy: Number.isInteger(policy) && policy > 0 && policy <= 2_147_483_647 ? policy : null,
    reviewer: reviewer !== null && isId("actor", reviewer) ? reviewer : null,
  };
}

/** Both days or neither: one alone says nothing of how long. */
export function datesFrom(params: URLSearchParams): Dates {
  const from = day(params.get("from"));
  const to = day(params.get("to"));
  return from === null || to === null || from > to ? { from: null, to: null } : { from, to };
}

/** Writes a filter into an address; what is not narrowed down is left out. */
export function paramsOf(filter: Partial<InsightsFilter>): URLSearchParams {
  const { from, to, region, model, policy, reviewer } = filter;
  const params = new URLSearchParams();
  const named = {
    from,
    to,
    region,
    provider: model?.provider,
    version: model?.version,
    policy: policy?.toString(),
    reviewer,
  };
  for (const [name, value] of Object.entries(named)) {
    if (typeof value === "string") params.set(name, value);
  }
  return params;
}

/** Stretches of days that are asked for often. No dates at all are the server's last 28 days. */
export function presetsOf(today: Day): readonly (Dates & { readonly words: string })[] {
  const monday = weekOf(today);
  return [
    { words: "Last week", from: addDays(monday, -7), to: addDays(monday, -1) },
    { words: "28 days", from: null, to: null },
    { words: "90 days", from: addDays(today, -89), to: today },
    { words: "A year", from: addDays(today, -364), to: today },
  ];
}

function day(value: string | null): Day | null {
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : null;
}

function text(value: string | null, longest: number): string | null {
  const trimmed = value?.trim() ?? "";
  return trimmed === "" || trimmed.length > longest ? null : trimmed;
}

/** The whole of it, in the days that the server takes by itself. */
export const EMPTY_FILTER: InsightsFilter = {
  from: null,
  to: null,
  region: null,
  model: null,
  policy: null,
  reviewer: null,
};
