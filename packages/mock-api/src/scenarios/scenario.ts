import type { World } from "../world.ts";

/** A named state of the console, made by real commands where data can make it. */
export interface Scenario {
  /** In the panel's list: what one sees. */
  readonly title: string;
  /** Who is signed in, unless the address says otherwise; `null` is nobody. */
  readonly as: string | null;
  /** The screen that shows it. */
  readonly path: string;
  /** What one still has to do or wait for. */
  readonly hint?: string;
  /** Keys that lead into the state, one after the other, once the screen is there. */
  readonly press?: readonly string[];
  /** Text that is on the screen when the state is reached; tests and screenshots wait for it. */
  readonly shows: string;
  /** Brings the data into the state before the page asks for anything. May say another path. */
  prepare?(world: World): Promise<string | void>;
}

/** Keeps the scenario's own type, so that its name stays one of a list. */
export function scenarios<const Name extends string>(
  all: Readonly<Record<Name, Scenario>>,
): Readonly<Record<Name, Scenario>> {
  return all;
}
