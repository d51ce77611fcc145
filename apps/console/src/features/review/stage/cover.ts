import { createStore, type Store } from "../../../lib/store.ts";

/**
 * Whether evidence is covered. It is, until a key is held or it is uncovered for the case: looking
 * at blurred pictures by default is easier to bear and costs no accuracy (Das et al. 2020).
 */
export interface Cover {
  /** The reviewer's preference: not covered, except after idle minutes. */
  readonly always: boolean;
  /** Uncovered for this case. */
  readonly openCase: string | null;
  readonly held: boolean;
  /** Nothing was done for a while. */
  readonly idle: boolean;
  /** The case that was open when it went quiet. */
  readonly quietCase: string | null;
}

export function isCovered(cover: Cover, caseId: string): boolean {
  if (cover.held) return false;
  return cover.idle || !(cover.always || cover.openCase === caseId);
}

/** Covers or uncovers for the case, or ends an idle cover. */
export function toggleCover(cover: Cover, caseId: string): Cover {
  if (isCovered(cover, caseId)) {
    return { ...cover, idle: false, quietCase: null, openCase: caseId };
  }
  return { ...cover, always: false, openCase: null };
}

/** Uncovers every case from now on, this one too if it went quiet; or ends that. */
export function toggleAlways(cover: Cover): Cover {
  const ends = cover.always && !cover.idle;
  return { ...cover, always: !ends, idle: false, quietCase: null };
}

/** After idle minutes everything is covered, whatever the preference. */
export function idleCover(cover: Cover): Cover {
  return { ...cover, idle: true, quietCase: cover.openCase, openCase: null, held: false };
}

/** Whether it is the quiet minutes that covered a case which had been uncovered. */
export function isQuiet(cover: Cover, caseId: string): boolean {
  return cover.idle && (cover.always || cover.quietCase === caseId);
}

/** Where a browser remembers that its evidence is always uncovered. */
export const UNCOVERED_KEY = "secondlook-evidence-uncovered";

/** The cover, with the preference as this browser remembers it. It says nothing of any case. */
export function createCover(): Store<Cover> {
  const cover = createStore<Cover>({
    always: remembered() === "always",
    openCase: null,
    held: false,
    idle: false,
    quietCase: null,
  });
  cover.subscribe(() => remember(cover.get().always));
  return cover;
}

function remembered(): string | null {
  try {
    return localStorage.getItem(UNCOVERED_KEY);
  } catch {
    return null;
  }
}

function remember(always: boolean): void {
  try {
    if (always) localStorage.setItem(UNCOVERED_KEY, "always");
    else localStorage.removeItem(UNCOVERED_KEY);
  } catch {
    // Storage may be closed; then the preference lasts as long as the page.
  }
}
