import type { LeaseRef, RenditionName } from "../contract.ts";

/** Why a piece of evidence can't be shown. */
export type MediaFailure =
  | "broken"
  | "unreachable"
  | "lease_lost"
  | "gone"
  | "not_recorded"
  | "refused";

/** Evidence as it is in memory. */
export interface Opened {
  /** As it was sent. */
  readonly bytes: Blob;
  /** A picture, decoded, in halving sizes from the largest on; empty for a clip. */
  readonly sizes: readonly ImageBitmap[];
}

export type MediaItem =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly opened: Opened }
  /** Its bytes are here; it is decoded again when it is wanted. */
  | { readonly state: "resting"; readonly bytes: Blob }
  | { readonly state: "failed"; readonly why: MediaFailure };

/** What the store needs of its surroundings. */
export interface MediaSurroundings {
  readonly fetch: (url: string, signal: AbortSignal) => Promise<Response>;
  /** Decodes a picture; a clip is decoded by whoever plays it. Throws if it is broken. */
  readonly open: (bytes: Blob) => Promise<Opened>;
  readonly close: (opened: Opened) => void;
  /** Told when an answer says that the lease or the session is gone. */
  readonly refused: (lease: LeaseRef, status: number) => void;
}

interface Entry {
  readonly lease: LeaseRef;
  readonly evidenceId: string;
  readonly rendition: RenditionName;
  readonly abort: AbortController;
  item: MediaItem;
}

/**
 * Evidence in memory. Each rendition is fetched once under a lease, because each GET is an event in
 * the log; it is forgotten with its case, and nothing of it is kept by the browser.
 */
export interface MediaStore {
  /** Starts to load; what is loaded or on its way already is not asked for again. */
  readonly load: (lease: LeaseRef, evidenceId: string, rendition: RenditionName) => void;
  readonly get: (
    caseId: string,
    evidenceId: string,
    rendition: RenditionName,
  ) => MediaItem | undefined;
  /** A reserved case was opened: its bytes stay, its number is another. */
  readonly renew: (lease: LeaseRef) => void;
  readonly forget: (caseId: string) => void;
  /** Forgets every case but these. */
  readonly keepOnly: (caseIds: readonly string[]) => void;
  /** Asks again for what could not be fetched. */
  readonly retry: (caseId: string) => void;
  /** Resolves once nothing of a case is on its way any more. */
  readonly settled: (caseId: string) => Promise<void>;
  /** Gives back the memory of a decoded picture that is not looked at; its bytes are kept. */
  readonly rest: (caseId: string, evidenceId: string, rendition: RenditionName) => void;
  /** The player could not decode what was fetched. */
  readonly markBroken: (caseId: string, evidenceId: string, rendition: RenditionName) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Makes an empty store. */
export function createMediaStore(surroundings: MediaSurroundings): MediaStore {
  const entries = new Map<string, Entry>();
  const fences = new Map<string, number>();
  const listeners = new Set<() => void>();

  function put(key: string, entry: Entry, item: MediaItem): void {
    if (entries.get(key) !== entry) {
      if (item.state === "ready") surroundings.close(item.opened);
      return;
    }
    entry.item = item;
    for (const listener of listeners) listener();
  }

  async function fill(key: string, entry: Entry): Promise<void> {
    put(key, entry, { state: "loading" });
    put(key, entry, await read(surroundings, entry));
  }

  async function wake(key: string, entry: Entry, bytes: Blob): Promise<void> {
    put(key, entry, { state: "loading" });
    put(key, entry, await opened(surroundings, bytes));
  }

  function drop(key: string, entry: Entry): void {
    entries.delete(key);
    entry.abort.abort();
    if (entry.item.state === "ready") surroundings.close(entry.item.opened);
    for (const listener of listeners) listener();
  }

  const store: MediaStore = {
    load(lease, evidenceId, rendition) {
      const key = keyOf(lease.caseId, evidenceId, rendition);
      const known = entries.get(key);
      if (known !== undefined) {
        if (known.item.state === "resting") void wake(key, known, known.item.bytes);
        return;
      }
      fences.set(lease.caseId, lease.fence);
      const item: MediaItem = { state: "loading" };
      const entry = { lease, evidenceId, rendition, abort: new AbortController(), item };
      entries.set(key, entry);
      void fill(key, entry);
    },
    get: (caseId, evidenceId, rendition) => entries.get(keyOf(caseId, evidenceId, rendition))?.item,
    renew(lease) {
      fences.set(lease.caseId, lease.fence);
    },
    forget(caseId) {
      for (const [key, entry] of entries) if (entry.lease.caseId === caseId) drop(key, entry);
      fences.delete(caseId);
    },
    keepOnly(caseIds) {
      const others = [...fences.keys()].filter((caseId) => !caseIds.includes(caseId));
      for (const caseId of others) store.forget(caseId);
    },
    retry(caseId) {
      for (const [key, entry] of entries) {
        const { item, lease } = entry;
        if (lease.caseId !== caseId || item.state !== "failed" || item.why === "broken") continue;
        drop(key, entry);
        const fence = fences.get(caseId) ?? lease.fence;
        store.load({ ...lease, fence }, entry.evidenceId, entry.rendition);
      }
    },
    settled(caseId) {
      const loading = () =>
        [...entries.values()].some(
          (entry) => entry.lease.caseId === caseId && entry.item.state === "loading",
        );
      return new Promise((resolve) => {
        const look = () => {
          if (loading()) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      });
    },
    rest(caseId, evidenceId, rendition) {
      const key = keyOf(caseId, evidenceId, rendition);
      const entry = entries.get(key);
      if (entry === undefined || entry.item.state !== "ready") return;
      const { bytes } = entry.item.opened;
      surroundings.close(entry.item.opened);
      put(key, entry, { state: "resting", bytes });
    },
    markBroken(caseId, evidenceId, rendition) {
      const key = keyOf(caseId, evidenceId, rendition);
      const entry = entries.get(key);
      if (entry === undefined || entry.item.state !== "ready") return;
      surroundings.close(entry.item.opened);
      put(key, entry, { state: "failed", why: "broken" });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return store;
}

async function read(surroundings: MediaSurroundings, entry: Entry): Promise<MediaItem> {
  const { lease, evidenceId, rendition, abort } = entry;
  const query = new URLSearchParams({ case: lease.caseId, fence: String(lease.fence) });
  const url = `/media/${encodeURIComponent(evidenceId)}/${rendition}?${query.toString()}`;
  let bytes: Blob;
  try {
    const response = await surroundings.fetch(url, abort.signal);
    if (!response.ok) {
      surroundings.refused(lease, response.status);
      return { state: "failed", why: failureOf(response.status) };
    }
    bytes = await response.blob();
  } catch {
    return { state: "failed", why: "unreachable" };
  }
  return opened(surroundings, bytes);
}

async function opened(surroundings: MediaSurroundings, bytes: Blob): Promise<MediaItem> {
  try {
    return { state: "ready", opened: await surroundings.open(bytes) };
  } catch {
    return { state: "failed", why: "broken" };
  }
}

function failureOf(status: number): MediaFailure {
  if (status === 409) return "lease_lost";
  if (status === 404 || status === 410) return "gone";
  if (status === 503) return "not_recorded";
  return status >= 500 ? "unreachable" : "refused";
}

function keyOf(caseId: string, evidenceId: string, rendition: RenditionName): string {
  return `${caseId}/${evidenceId}/${rendition}`;
}
