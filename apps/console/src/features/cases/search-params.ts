import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import type { CaseSearch } from "../../lib/contract.ts";

/** What is searched for, without the place in the list. */
export type Search = Omit<CaseSearch, "cursor">;

/** Reads a search from the address; what is not understood is left out. */
export function searchFrom(params: URLSearchParams): Search {
  const day = (name: string) => {
    const value = params.get(name);
    return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
  };
  return {
    id: text(params.get("id"), 128),
    region: text(params.get("region"), 6),
    outcome: OUTCOMES.find((outcome) => outcome === params.get("outcome")) ?? null,
    from: day("from"),
    to: day("to"),
  };
}

/** Writes a search into an address; empty fields are left out. */
export function paramsOf(search: Search): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== null && value !== "") params.set(name, value);
  }
  return params;
}

function text(value: string | null, longest: number): string | null {
  const trimmed = value?.trim() ?? "";
  return trimmed === "" || trimmed.length > longest ? null : trimmed;
}
