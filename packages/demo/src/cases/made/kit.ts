import type { Random } from "../../people/random.ts";
import type { Role } from "../cast.ts";
import type { AccountPlan } from "../plan.ts";
import type { Place, Written } from "./places.ts";

/** A person of a made case, with the name they go by. */
export interface Somebody {
  readonly role: string;
  readonly woman: boolean;
  readonly ageYears: number;
  readonly surname: Written;
  readonly given: Written;
}

/** What one case is made with: people, and accounts for them that no other case has. */
export interface Kit {
  readonly random: Random;
  readonly place: Place;
  /** The number of the case, counted through the whole set. */
  readonly number: number;
  readonly cast: Readonly<Record<string, Role>>;
  /** Somebody new; with `like`, a relative or look-alike of theirs. */
  person(options?: {
    readonly like?: Somebody;
    /** See createVariation: 0.13 for twins, 0.36 for siblings, 0.32 for look-alikes. */
    readonly distance?: number;
    readonly sameSurname?: boolean;
    readonly ageYears?: number;
    readonly woman?: boolean;
  }): Somebody;
  account(who: Somebody, changes?: Partial<AccountPlan>): AccountPlan;
}

const layouts = ["national_id", "national_id", "passport", "driving_licence"] as const;
const documentLetters = ["C", "B", "E", "P", "K"] as const;
const hosts = ["example.com", "example.net", "example.org"] as const;
const nets = ["192.0.2", "198.51.100", "203.0.113"] as const;

/** Accounts of one case have numbers of their own, so that no two cases name the same account. */
const accountsPerCase = 24;

export function createKit(place: Place, number: number, random: Random): Kit {
  const cast: Record<string, Role> = {};
  let accounts = 0;
  const digits = (count: number): string =>
    Array.from({ length: count }, () => random.integer(0, 9)).join("");
  return {
    random,
    place,
    number,
    cast,
    person({ like, distance = 0.36, sameSurname = false, ageYears, woman } = {}) {
      const role = `made-${number}-${Object.keys(cast).length + 1}`;
      const isWoman = like?.woman ?? woman ?? random.chance(0.5);
      const years = ageYears ?? like?.ageYears ?? random.integer(20, 62);
      cast[role] = {
        ancestry: random.pick(place.ancestries),
        masculinity: isWoman ? random.range(0, 0.2) : random.range(0.8, 1),
        ageYears: years,
        ...(like === undefined ? {} : { like: { role: like.role, distance } }),
      };
      return {
        role,
        woman: isWoman,
        ageYears: years,
        surname: sameSurname && like !== undefined ? like.surname : random.pick(place.surnames),
        given: random.pick(isWoman ? place.women : place.men),
      };
    },
    account(who, changes = {}) {
      const id = number * accountsPerCase + accounts;
      accounts += 1;
      if (accounts > accountsPerCase)
        throw new RangeError(`A made case has at most ${accountsPerCase} accounts.`);
      const latin = `${who.given[1]}.${who.surname[1]}`.toLowerCase().replaceAll(/[^a-z.]/g, "");
      const capturedDaysAgo = accounts === 1 ? 0 : random.integer(20, 900);
      return {
        externalId: `seller_${20_000 + id}`,
        role: who.role,
        fullName: place.fullName(who.surname[0], who.given[0]),
        surname: who.surname[1],
        givenNames: who.given[1],
        dateOfBirth: birthDate(who.ageYears, random),
        documentNumber: `${random.pick(documentLetters)}${digits(8)}`,
        layout: random.pick(layouts),
        nationality: place.nationality,
        address: place.address(
          random.pick(place.streets),
          random.integer(2, 180),
          random.pick(place.cities),
        ),
        email: `${latin}${random.integer(1, 99)}@${random.pick(hosts)}`,
        phone: `${place.phone} ${digits(4)}`,
        payoutAccount: `${place.bank}${digits(9)}`,
        deviceId: `dev_${Array.from({ length: 8 }, () => random.integer(0, 15).toString(16)).join("")}`,
        ipAddress: `${random.pick(nets)}.${random.integer(1, 254)}`,
        capturedDaysAgo,
        look: {
          ...(capturedDaysAgo > 200 ? { ageOffsetYears: -Math.round(capturedDaysAgo / 365) } : {}),
          ...(who.woman && place.languages.includes("ar") && random.chance(0.5)
            ? { headscarf: true }
            : {}),
        },
        ...changes,
      };
    },
  };
}

/** People of a set are as old as their faces in 2026. */
function birthDate(ageYears: number, random: Random): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${2026 - ageYears}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`;
}
