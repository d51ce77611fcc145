import { createRandom } from "../../people/random.ts";
import {
  codeOnly,
  faceApi,
  rekognition,
  sharedSignalsOf,
  type AccountPlan,
  type CandidatePlan,
  type CasePlan,
} from "../plan.ts";
import { kinds } from "./kinds.ts";
import { createKit } from "./kit.ts";
import { china, egypt, emirates, vietnam } from "./places-asia.ts";
import { bulgaria, germany, mexico, nigeria, ukraine, unitedStates } from "./places-elsewhere.ts";

/** In an order that has no common measure with the kinds, so that each meets each. */
const places = [
  vietnam,
  emirates,
  ukraine,
  unitedStates,
  china,
  mexico,
  germany,
  egypt,
  nigeria,
  bulgaria,
  vietnam,
  china,
  unitedStates,
] as const;

const matchers = [
  { matcher: rekognition, similarity: (sure: number) => 80 + 20 * sure, places: 2 },
  { matcher: faceApi, similarity: (sure: number) => 0.3 + 0.6 * sure, places: 4 },
  { matcher: rekognition, similarity: (sure: number) => 80 + 20 * sure, places: 2 },
  { matcher: codeOnly, similarity: () => undefined, places: 0 },
] as const;

/** How long ago a case may have been flagged and still lie well inside its time. */
const minutesAgo = { urgent: 190, high: 660, normal: 2500, low: 6500 } as const;

/** Makes plans of cases with known truth: the same seed makes the same ones, whatever their count. */
export function makePlans(options: {
  readonly seed: number;
  readonly count: number;
}): readonly CasePlan[] {
  return Array.from({ length: options.count }, (_, i) => makePlan(options.seed, i));
}

function makePlan(seed: number, index: number): CasePlan {
  const random = createRandom("made case", seed, index);
  const [kind, make] = kinds[index % kinds.length] ?? kinds[0] ?? [];
  const place = places[index % places.length] ?? vietnam;
  if (kind === undefined || make === undefined) throw new Error("There are no kinds of cases.");
  const kit = createKit(place, index, random);
  const draft = make(kit);
  const { matcher, similarity, places: decimals } = random.pick(matchers);
  const priority = draft.priority ?? random.pick(["normal", "normal", "low", "high"]);
  const says: CasePlan["matcher"]["recommendation"] =
    matcher.scoreScale === "none"
      ? random.pick<"none" | "same_person">(["none", "same_person"])
      : draft.matches.some((match) => match.sure >= 0.5)
        ? "same_person"
        : "different_person";
  const candidates = draft.matches.map(({ account, sure }): CandidatePlan => {
    const value = similarity(sure);
    return {
      ...account,
      ...(value === undefined ? {} : { similarity: Number(value.toFixed(decimals)) }),
      sharedSignals: sharedSignalsOf(draft.probe, account),
    };
  });
  const same = candidates.filter(({ role }) => role === draft.probe.role).map(externalIdOf);
  return {
    name: `${kind}-${place.region.toLowerCase()}-${index + 1}`,
    externalId: `ver_${20_000 + index}`,
    region: place.region,
    languages: place.languages,
    priority,
    flaggedMinutesAgo: random.integer(5, minutesAgo[priority]),
    gallery: place.gallery,
    matcher: { ...matcher, recommendation: says },
    probe: draft.probe,
    candidates,
    cast: kit.cast,
    truth: {
      outcome: draft.outcome,
      same,
      machineWasRight: says === "none" ? undefined : (says === "same_person") === same.length > 0,
      note: draft.note,
    },
  };
}

const externalIdOf = (account: AccountPlan): string => account.externalId;
