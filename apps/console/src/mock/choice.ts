import { isScenario, type ScenarioName } from "@secondlook/mock-api/all-scenarios";

/** What a page of mock mode shows: a state, whose turn of chance, and who is signed in. */
export interface Choice {
  readonly scenario: ScenarioName;
  readonly seed: number;
  /** Undefined takes the scenario's own account. */
  readonly as: string | undefined;
  /** What the address asked for, where no state has that name. */
  readonly unknown: string | null;
}

const KEPT = "secondlook-mock";

/**
 * The choice in the address, `?scenario=…&seed=…&as=…`; without one, what this tab showed last, as
 * the console's own links don't carry it on.
 */
export function readChoice(): Choice {
  const asked = new URLSearchParams(location.search);
  const kept = new URLSearchParams(
    asked.has("scenario") ? "" : (sessionStorage.getItem(KEPT) ?? ""),
  );
  const value = (name: string): string | null => asked.get(name) ?? kept.get(name);
  const scenario = value("scenario");
  return {
    scenario: isScenario(scenario) ? scenario : "busy",
    seed: Number(value("seed") ?? 1) || 1,
    as: value("as") ?? undefined,
    unknown: scenario === null || isScenario(scenario) ? null : scenario,
  };
}

/** Keeps a choice for this tab, once it was seen to start: a wrong one would stay wrong. */
export function keepChoice(choice: Choice): void {
  sessionStorage.setItem(KEPT, paramsOf(choice).toString());
}

/** The address that opens a choice. */
export function addressOf(choice: Omit<Choice, "unknown">): string {
  return `/?${paramsOf(choice).toString()}`;
}

function paramsOf({ scenario, seed, as }: Omit<Choice, "unknown">): URLSearchParams {
  return new URLSearchParams({
    scenario,
    ...(seed === 1 ? {} : { seed: String(seed) }),
    ...(as === undefined ? {} : { as }),
  });
}
