import { RELEASE_REASONS } from "@secondlook/domain/queue/lease";
import fc from "fast-check";

/** Two who may take anything, one who reads German only, one who knows documents, one lead. */
export const PEOPLE = [
  { handle: "reviewer-1", regions: null, languages: null, skills: [] },
  { handle: "reviewer-2", regions: null, languages: null, skills: [] },
  { handle: "reviewer-3", regions: ["VN"], languages: null, skills: ["documents"] },
  { handle: "reviewer-4", regions: ["AE", "DE"], languages: ["de"], skills: [] },
  { handle: "lead-1", regions: null, languages: null, skills: [] },
] as const;

/** Mostly cases that everybody could take, or nothing would ever be contended. */
export const caseArbitrary = fc.record({
  region: fc.constantFrom("DE", "DE", "DE", "VN-SG", "VN"),
  language: fc.constantFrom([], [], [], ["de"], ["vi"]),
  skills: fc.constantFrom([], [], [], [], ["documents"]),
  priority: fc.constantFrom("high", "normal"),
  round: fc.constantFrom("first", "first", "second", "adjudication"),
  decidedBy: fc.nat(PEOPLE.length - 1),
});

const who = fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 4);
/** Which of the leases that this person ever got, from the newest back. */
const lease = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 3, 5);
const act = <A extends string>(name: A) => fc.record({ act: fc.constant(name), who, lease });
export const commandArbitrary = fc.oneof(
  { weight: 8, arbitrary: act("claimNext") },
  { weight: 3, arbitrary: act("decide") },
  { weight: 3, arbitrary: act("heartbeat") },
  { weight: 1, arbitrary: act("beatFor") },
  { weight: 2, arbitrary: act("look") },
  { weight: 3, arbitrary: act("seal") },
  { weight: 3, arbitrary: act("retake") },
  { weight: 1, arbitrary: act("pause") },
  { weight: 1, arbitrary: act("openPage") },
  { weight: 2, arbitrary: act("undo") },
  { weight: 2, arbitrary: act("hurry") },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("arrive"), arrives: caseArbitrary }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("release"),
      who,
      lease,
      reason: fc.constantFrom("skip", "skip", ...RELEASE_REASONS),
      minutes: fc.constantFrom(1, 60, 20 * 24 * 60),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("pass"),
      seconds: fc.constantFrom(1, 10, 60, 119, 120, 1_799, 1_800),
    }),
  },
);
export type NewCase = typeof caseArbitrary extends fc.Arbitrary<infer C> ? C : never;
export type Command = typeof commandArbitrary extends fc.Arbitrary<infer C> ? C : never;
