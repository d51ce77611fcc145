const DOCUMENT_WORDS: Record<string, string> = {
  passport: "Passport",
  national_id: "National id card",
  driving_licence: "Driving licence",
  residence_permit: "Residence permit",
};

/** A value as it is shown: kinds of documents in words, all else as upstream sent it. */
export function valueWords(field: string, value: string): string {
  return field === "documentType" ? (DOCUMENT_WORDS[value] ?? value.replaceAll("_", " ")) : value;
}
