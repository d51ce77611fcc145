import type { AccountPlan } from "../plan.ts";
import type { Draft } from "./draft.ts";
import type { Kit, Somebody } from "./kit.ts";

const clip = {} as const;

/** The same person again, under a name that differs by little. */
export function duplicate(kit: Kit, old: Partial<AccountPlan> = {}): Draft {
  const who = kit.person();
  const probe = kit.account(who, { clip });
  const again = kit.account(who, {
    payoutAccount: probe.payoutAccount,
    ...(kit.random.chance(0.5) ? { deviceId: probe.deviceId } : { dateOfBirth: probe.dateOfBirth }),
    ...(kit.random.chance(0.4) ? { profilePhoto: {} } : {}),
    ...old,
  });
  return {
    probe,
    matches: [{ account: again, sure: kit.random.range(0.7, 0.98) }],
    outcome: "duplicate",
    note: "One person with two accounts and one payout account.",
  };
}

/** Another name, other data, another look: only the face tells. */
export function disguised(kit: Kit): Draft {
  const who = kit.person();
  const other: Somebody = {
    ...kit.person({ woman: who.woman, ageYears: who.ageYears + kit.random.integer(1, 3) }),
    role: who.role,
  };
  const probe = kit.account(who, {
    clip: { look: who.woman ? { hair: "bun" } : { beard: "full", hair: "crop" } },
    look: who.woman ? { hair: "fringeBob", glasses: "square" } : { beard: "full", hair: "crop" },
  });
  const again = kit.account(other, {
    capturedDaysAgo: 1100,
    look: {
      ageOffsetYears: -4,
      ...(who.woman ? { hair: "long" } : { beard: "none", hair: "sidePart" }),
    },
    profilePhoto: {},
  });
  return {
    probe,
    matches: [{ account: again, sure: kit.random.range(0.25, 0.48) }],
    outcome: "duplicate",
    note: "The same person, changed on purpose and under another name; the matcher fell just short.",
    priority: "high",
  };
}

export function lookalike(kit: Kit): Draft {
  const who = kit.person();
  const other = kit.person({ like: who, distance: 0.32, ageYears: who.ageYears + 3 });
  return {
    probe: kit.account(who, { clip, ...(kit.random.chance(0.5) ? { profilePhoto: {} } : {}) }),
    matches: [
      { account: kit.account(other, { profilePhoto: {} }), sure: kit.random.range(0.55, 0.8) },
    ],
    outcome: "distinct",
    note: "Two people who look alike and have nothing else in common.",
  };
}

export function siblings(kit: Kit): Draft {
  const who = kit.person();
  const other = kit.person({
    like: who,
    distance: 0.36,
    sameSurname: true,
    ageYears: who.ageYears + kit.random.integer(2, 6),
  });
  const probe = kit.account(who, { clip });
  return {
    probe,
    matches: [
      {
        account: kit.account(other, { address: probe.address, profilePhoto: {} }),
        sure: kit.random.range(0.45, 0.75),
      },
    ],
    outcome: "distinct",
    note: "Siblings at one address; relatives are different people.",
  };
}

export function twins(kit: Kit): Draft {
  const who = kit.person({ ageYears: kit.random.integer(20, 40) });
  const other = kit.person({ like: who, distance: 0.13, sameSurname: true });
  const probe = kit.account(who, { clip });
  const twin = kit.account(other, {
    address: probe.address,
    ipAddress: probe.ipAddress,
    dateOfBirth: probe.dateOfBirth,
    clip,
  });
  return {
    probe,
    matches: [{ account: twin, sure: kit.random.range(0.9, 0.99) }],
    outcome: "distinct",
    note: "Identical twins: one birth date, one address; moles, ears and brows differ.",
    priority: "high",
  };
}

/** A parent and grown children, all at one address. */
export function family(kit: Kit): Draft {
  const child = kit.person({ ageYears: kit.random.integer(20, 26) });
  const sibling = kit.person({ like: child, sameSurname: true, ageYears: child.ageYears + 4 });
  const parent = kit.person({
    like: child,
    distance: 0.44,
    sameSurname: true,
    ageYears: child.ageYears + 27,
  });
  const probe = kit.account(child, { clip });
  const home = { address: probe.address, ipAddress: probe.ipAddress };
  return {
    probe,
    matches: [
      { account: kit.account(sibling, home), sure: kit.random.range(0.5, 0.7) },
      { account: kit.account(parent, { ...home, payoutAccount: probe.payoutAccount }), sure: 0.42 },
    ],
    outcome: "distinct",
    note: "A family: two siblings and a parent who share a house and a bank account.",
  };
}

/** A long list, mostly of strangers, with the same person somewhere in it. */
export function many(kit: Kit): Draft {
  const who = kit.person();
  const probe = kit.account(who, { clip });
  const count = kit.random.integer(7, 12);
  const at = kit.random.integer(2, count - 1);
  const matches = Array.from({ length: count }, (_, i) => {
    if (i === at) return { account: kit.account(who, { phone: probe.phone }), sure: 0.66 };
    const other =
      i % 3 === 0 ? kit.person({ like: who, distance: 0.42 }) : kit.person({ woman: who.woman });
    return { account: kit.account(other), sure: kit.random.range(0.3, i % 3 === 0 ? 0.75 : 0.55) };
  });
  return {
    probe,
    matches: matches.toSorted((a, b) => b.sure - a.sure),
    outcome: "duplicate",
    note: `${count} candidates; one of them, not the first, is the same person.`,
  };
}

export function strangers(kit: Kit): Draft {
  const who = kit.person();
  const others = Array.from({ length: kit.random.integer(1, 3) }, () =>
    kit.person({ woman: who.woman }),
  );
  return {
    probe: kit.account(who, { clip }),
    matches: others.map((other) => ({
      account: kit.account(other),
      sure: kit.random.range(0.15, 0.48),
    })),
    outcome: "distinct",
    note: "Strangers; the matcher says so too.",
  };
}

export function longName(kit: Kit): Draft {
  const draft = siblings(kit);
  const names = kit.place.surnames.slice(0, 4);
  const natives = names.map(([native]) => native).join(" ");
  const latins = names.map(([, latin]) => latin).join(" ");
  return {
    ...draft,
    probe: {
      ...draft.probe,
      fullName: kit.place.fullName(natives, draft.probe.fullName),
      surname: latins,
    },
    note: `${draft.note} The name is as long as names get.`,
  };
}
