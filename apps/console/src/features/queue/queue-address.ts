import {
  AGE_BANDS,
  type AgeBand,
  DUE_BANDS,
  type DueBand,
  OVERVIEW_ORDERS,
  type OverviewOrder,
} from "@secondlook/domain/queue/bands";

export const QUEUE_VIEWS = ["waiting", "nobody", "mistakes", "questions"] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

/** What of the queue is looked at; all of it stands in the address. */
export interface QueueAddress {
  readonly view: QueueView;
  readonly region: string | null;
  readonly age: AgeBand | null;
  readonly due: DueBand | null;
  readonly order: OverviewOrder;
  /** Of mistakes, those that were closed. */
  readonly closed: boolean;
}

/** Reads an address; what it doesn't know counts as not said. */
export function readAddress(params: URLSearchParams): QueueAddress {
  const oneOf = <const T extends string>(known: readonly T[], name: string): T | null =>
    known.find((each) => each === params.get(name)) ?? null;
  return {
    view: oneOf(QUEUE_VIEWS, "view") ?? "waiting",
    region: params.get("region"),
    age: oneOf(AGE_BANDS, "age"),
    due: oneOf(DUE_BANDS, "due"),
    order: oneOf(OVERVIEW_ORDERS, "order") ?? "priority",
    closed: params.get("closed") === "1",
  };
}

/** The query of an address, with only what differs from how the page begins. */
export function paramsOf(address: QueueAddress): URLSearchParams {
  const { view, region, age, due, order, closed } = address;
  const said: readonly (readonly [string, string | null])[] = [
    ["view", view === "waiting" ? null : view],
    ["region", region],
    ["age", age],
    ["due", due],
    ["order", order === "priority" ? null : order],
    ["closed", closed ? "1" : null],
  ];
  const params = new URLSearchParams();
  for (const [name, value] of said) if (value !== null) params.set(name, value);
  return params;
}

/** The same as the end of a link. */
export function queryOf(address: QueueAddress): string {
  const params = paramsOf(address);
  return params.size === 0 ? "" : `?${params}`;
}
