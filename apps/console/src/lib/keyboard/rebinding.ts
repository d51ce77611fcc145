import { type Binding, meet } from "./bindings.ts";

/** Which key somebody chose for a binding, by its id. Bindings that are not named keep their keys. */
export type KeyChoices = Readonly<Record<string, string>>;

/** Keys that move the focus, belong to the browser, or mean the same on every screen. */
const TAKEN = /^(Shift\+)?(Tab|Enter|Escape|CapsLock|Shift|AltGraph|Dead|Unidentified|F\d{1,2})$/;

/** Why a key can't be chosen. */
type RebindFault =
  | { readonly kind: "taken_by_browser" }
  /** Another binding answers it at the same moment. */
  | { readonly kind: "conflict"; readonly with: Binding };

export type Rebound =
  | { readonly ok: true; readonly choices: KeyChoices }
  | { readonly ok: false; readonly fault: RebindFault };

/** The bindings with the chosen keys in place of their own. */
export function rebound<Id extends string>(
  bindings: readonly Binding<Id>[],
  choices: KeyChoices,
): readonly Binding<Id>[] {
  return bindings.map((binding) => {
    const chosen = choices[binding.id];
    return chosen === undefined || binding.fixed === true
      ? binding
      : { ...binding, keys: [chosen] };
  });
}

/** Chooses a key for a binding, unless it is another's at that moment. Its own key takes it back. */
export function choose(
  bindings: readonly Binding[],
  choices: KeyChoices,
  wanted: { readonly id: string; readonly key: string },
): Rebound {
  const { id, key } = wanted;
  const own = bindings.find((binding) => binding.id === id);
  if (own === undefined || own.fixed === true || TAKEN.test(key)) {
    return { ok: false, fault: { kind: "taken_by_browser" } };
  }
  const other = rebound(bindings, choices).find(
    (binding) => binding.id !== id && meet(binding, own) && binding.keys.includes(key),
  );
  if (other !== undefined) return { ok: false, fault: { kind: "conflict", with: other } };
  return { ok: true, choices: tidied(bindings, { ...choices, [id]: key }) };
}

/**
 * Gives two bindings each other's key. Refused where one of them is fixed, or where the key that
 * comes free would meet a third.
 */
export function swap(
  bindings: readonly Binding[],
  choices: KeyChoices,
  wanted: { readonly id: string; readonly key: string },
): Rebound {
  const now = rebound(bindings, choices);
  const own = now.find((binding) => binding.id === wanted.id);
  const first = choose(bindings, choices, wanted);
  if (first.ok || first.fault.kind !== "conflict" || own === undefined) return first;
  const other = first.fault.with;
  const free = own.keys[0];
  if (other.fixed === true || free === undefined) return first;
  const swapped = tidied(bindings, { ...choices, [wanted.id]: wanted.key, [other.id]: free });
  const clash = conflicting(rebound(bindings, swapped));
  return clash === undefined
    ? { ok: true, choices: swapped }
    : { ok: false, fault: { kind: "conflict", with: clash } };
}

/** What of stored choices still holds: known, not fixed, and without a conflict; else none does. */
export function soundChoices(bindings: readonly Binding[], choices: KeyChoices): KeyChoices {
  const known = Object.entries(choices).filter(
    ([id, key]) =>
      !TAKEN.test(key) && bindings.some((each) => each.id === id && each.fixed !== true),
  );
  const kept = Object.fromEntries(known);
  return conflicting(rebound(bindings, kept)) === undefined ? kept : {};
}

/**
 * Without choices that name a binding's own key, so that it has its other keys again, too; unless
 * somebody gave one of those to another binding meanwhile.
 */
function tidied(bindings: readonly Binding[], choices: KeyChoices): KeyChoices {
  return bindings.reduce<KeyChoices>((kept, { id, keys }) => {
    if (kept[id] !== keys[0]) return kept;
    const { [id]: _own, ...others } = kept;
    return conflicting(rebound(bindings, others)) === undefined ? others : kept;
  }, choices);
}

/** A binding that answers a key which another one answers at the same moment. */
function conflicting(bindings: readonly Binding[]): Binding | undefined {
  return bindings.find((one, index) =>
    bindings
      .slice(0, index)
      .some((other) => meet(one, other) && one.keys.some((key) => other.keys.includes(key))),
  );
}
