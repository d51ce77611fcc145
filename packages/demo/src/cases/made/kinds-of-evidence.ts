import type { Draft } from "./draft.ts";
import type { Kit } from "./kit.ts";
import { duplicate, lookalike } from "./kinds-of-faces.ts";

const clip = {} as const;

/** Somebody else's face is in front of the camera. */
export function mule(kit: Kit): Draft {
  const who = kit.person();
  const handler = kit.person();
  const probe = kit.account(who, { clip: { role: handler.role } });
  const before = kit.account(kit.person({ woman: who.woman }), {
    deviceId: probe.deviceId,
    payoutAccount: probe.payoutAccount,
  });
  return {
    probe,
    matches: [{ account: before, sure: kit.random.range(0.2, 0.45) }],
    outcome: "identity_mule",
    note: "The clip shows somebody else than the document; device and payout account were used before.",
    priority: "urgent",
  };
}

/** One device and one payout account behind several faces; the ring goes on in other cases. */
export function ring(kit: Kit): Draft {
  const shared = { deviceId: "dev_5e77a001", payoutAccount: "XX-990000-000077001" };
  const faces = Array.from({ length: 4 }, () => kit.person());
  const [first = kit.person(), ...rest] = faces;
  return {
    probe: kit.account(first, { ...shared, clip }),
    matches: rest.map((who) => ({
      account: kit.account(who, shared),
      sure: kit.random.range(0.05, 0.35),
    })),
    outcome: "identity_mule",
    note: "Four faces, one device, one payout account: the accounts are fronted for somebody else.",
    priority: "high",
  };
}

export function permitted(kit: Kit): Draft {
  const draft = duplicate(kit);
  const [first] = draft.matches;
  if (first === undefined) return draft;
  const account = {
    ...first.account,
    fullName: draft.probe.fullName,
    surname: draft.probe.surname,
    givenNames: draft.probe.givenNames,
    dateOfBirth: draft.probe.dateOfBirth,
    documentNumber: draft.probe.documentNumber,
    layout: draft.probe.layout,
  };
  return {
    ...draft,
    matches: [{ ...first, account }],
    outcome: "permitted_second_account",
    note: "One person openly, with one document: a private account and one for a registered business.",
  };
}

export function dark(kit: Kit): Draft {
  const who = kit.person();
  const light = { azimuth: 70, elevation: 10, contrast: 0.9, warmth: 0.8, exposure: 0.22 };
  const probe = kit.account(who, {
    card: { table: { exposure: 0.3, noise: 0.9, glare: 0.9 } },
    look: { light, noise: 0.9, blur: 1 },
  });
  return {
    probe,
    matches: [
      {
        account: kit.account(kit.person({ like: who, distance: 0.45 })),
        sure: kit.random.range(0.4, 0.6),
      },
    ],
    outcome: "inconclusive",
    note: "A dark photo under glare and no clip: not enough to tell, ask for a new capture.",
  };
}

export function brokenClip(kit: Kit): Draft {
  const who = kit.person();
  return {
    probe: kit.account(who, { clip: { broken: true }, card: { table: { glare: 0.95 } } }),
    matches: [{ account: kit.account(kit.person({ like: who, distance: 0.4 })), sure: 0.52 }],
    outcome: "inconclusive",
    note: "No browser can decode the clip; ask for a new one.",
  };
}

export function missingPhoto(kit: Kit): Draft {
  const draft = kit.random.chance(0.5) ? duplicate(kit) : lookalike(kit);
  const matches = draft.matches.map((match) => ({
    ...match,
    account: { ...match.account, card: { missing: true }, profilePhoto: {} },
  }));
  return { ...draft, matches, note: `${draft.note} The older account has no document on file.` };
}

export function turned(kit: Kit): Draft {
  const draft = duplicate(kit, {
    profilePhoto: { exifTurned: true },
    card: { exifTurned: true, boxSpace: "stored" },
  });
  return { ...draft, probe: { ...draft.probe, profilePhoto: { exifTurned: true } } };
}

export function noCandidates(kit: Kit): Draft {
  return {
    probe: kit.account(kit.person(), { clip, profilePhoto: {} }),
    matches: [],
    outcome: "distinct",
    note: "Flagged by a rule; nobody alike was found.",
  };
}
