import { createContext, useContext } from "react";
import type { DefinitionKey } from "@secondlook/domain/insights/definitions";
import type { Share } from "@secondlook/domain/insights/share";
import type { CaseFigure, CsvSection, InsightsFilter } from "../../lib/contract.ts";

/** A figure that somebody wants to look behind. */
export interface Opened {
  readonly definition: DefinitionKey;
  /** Of what part of the page: a region, a person; null for all of it. */
  readonly of: string | null;
  /** The figure itself: a share, or other values with their words. */
  readonly share?: Share;
  readonly values?: readonly (readonly [words: string, value: string])[];
  /** The list of cases behind it; null where it is not made of cases. */
  readonly cases: {
    readonly figure: CaseFigure;
    readonly detail: string | null;
    /** What narrows it down besides the filter of the page. */
    readonly narrowed?: Partial<InsightsFilter>;
  } | null;
  /** The parts of the page that it can be downloaded with. */
  readonly sections: readonly CsvSection[];
}

/** Opens a figure, from anywhere on the page. */
export const OpenFigure = createContext<(opened: Opened) => void>(() => undefined);

export const useOpenFigure = (): ((opened: Opened) => void) => useContext(OpenFigure);
