import { MASKED_FIELDS } from "@secondlook/domain/attributes/masked-fields";
import type { AttributesView } from "../../../lib/contract.ts";

type OpenField = keyof AttributesView["probe"];
type Masked = AttributesView["masked"][number];

/** One line of the table. */
export interface Detail {
  readonly field: OpenField | Masked["field"];
  readonly words: string;
  readonly probe: string | undefined;
  readonly candidate: string | undefined;
  readonly shared: boolean;
  /** Of a masked field nothing but this is there. */
  readonly masked: Masked | undefined;
}

const FIELDS: readonly (readonly [Detail["field"], string])[] = [
  ["fullName", "Name"],
  ["dateOfBirth", "Birth date"],
  ["nationality", "Nationality"],
  ["documentType", "Document"],
  ["documentNumber", "Document number"],
  ["address", "Address"],
  ["email", "E-mail"],
  ["phone", "Phone"],
  ["payoutAccount", "Payout account"],
  ["deviceId", "Device"],
  ["ipAddress", "IP address"],
];

/**
 * The details that are there on one side at least, or that upstream says are shared though it sent
 * neither. What accounts share counts most and comes first, so that it is never the part that is
 * scrolled out of sight.
 */
export function detailsOf(view: AttributesView): readonly Detail[] {
  const details = FIELDS.map(([field, words]) => detailOf(view, field, words)).filter(
    ({ probe, candidate, masked, shared }) =>
      probe !== undefined || candidate !== undefined || masked !== undefined || shared,
  );
  return [
    ...details.filter((detail) => detail.shared),
    ...details.filter((detail) => !detail.shared),
  ];
}

function detailOf(view: AttributesView, field: Detail["field"], words: string): Detail {
  const signals: readonly string[] = view.sharedSignals;
  // Where the probe stands alone, with accounts that are not on the stage.
  const elsewhere = view.candidateId === null && countOf(field, view) > 1;
  const shared = signals.includes(field) || elsewhere;
  const masked = view.masked.find((each) => each.field === field);
  const open = isOpen(field);
  return {
    field,
    words,
    shared,
    masked,
    probe: open ? view.probe[field] : undefined,
    candidate: open ? view.candidate[field] : undefined,
  };
}

/** How many accounts have the probe's value, those on the stage included; 0 where none counts it. */
export function countOf(field: string, { signalCounts }: AttributesView): number {
  if (field !== "payoutAccount" && field !== "deviceId" && field !== "address") return 0;
  return signalCounts[field] ?? 0;
}

function isOpen(field: Detail["field"]): field is OpenField {
  return !MASKED_FIELDS.some((masked) => masked === field);
}
