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
import type { Place } from "./places.ts";
import { china, egypt, emirates, vietnam } from "./places-asia.ts";
import { bulgaria, germany, mexico, nigeria, ukraine, unitedStates } from "./places-elsewhere.ts";

/** In an order that has no common measure with the kinds, so that each meets each. */
const world: readonly Place[] = [
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
];

const matchers = [
  { matcher: rekognition, similarity: (sure: number) => 80 + 20 * sure, places: 2 },
  { matcher: faceApi, similarity: (sure: number) => 0.3 + 0.6 * sure, places: 4 },
  { matcher: rekognition, similarity: (sure: number) => 80 + 20 * sure, places: 2 },
  { matcher: codeOnly, similarity: () => undefined, places: 0 },
] as const;

/** How long ago a case may have been flagged and still lie well inside its time. */
const minutesAgo = { urgent: 190, high: 660, normal: 2500, low: 6500 } as const;

export interface MakePlansOptions {
  readonly seed: number;
  readonly count: number;
  /** The number of the first case; cases of one number are the same case. */
  readonly from?: number;
  /** Where the cases come from; all over the world by default. */
  readonly places?: readonly Place[];
  /** Kinds of cases by name; all by default. */
  readonly kinds?: readonly string[];
}

/** Makes plans of cases with known truth: the same seed makes the same ones, whatever their count. */
export function makePlans(options: MakePlansOptions): readonly CasePlan[] {
  const { from = 0, places = world } = options;
  const wanted = kinds.filter(([name]) => options.kinds?.includes(name) ?? true);
  return Array.from({ length: options.count }, (_, i) =>
    makePlan(options.seed, from + i, { places, kinds: wanted }),
  );
}

function makePlan(
  seed: number,
  index: number,
  from: { readonly places: readonly Place[]; readonly kinds: typeof kinds },
): CasePlan {
  const random = createRandom("made case", seed, index);
  const [kind, make] = from.kinds[index % from.kinds.length] ?? [];
  const place = from.places[index % from.places.length];
  if (kind === undefined || make === undefined || place === undefined)
    throw new RangeError("Name at least one place and one kind of case that exists.");
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
