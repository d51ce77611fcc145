/** Values of a case that don't fit each other, and the path of the one at fault. */
export interface Inconsistency {
  readonly path: (string | number)[];
  readonly message: string;
}

type Path = Inconsistency["path"];
type Fields = Readonly<Record<string, unknown>>;

/** Longer lists are refused for their length; nobody reads what is wrong with each item. */
const LOOKED_AT = 64;

/**
 * What of a case contradicts itself. Values of another form than they should have are passed over,
 * so that these faults can be told together with those of form.
 */
export function caseInconsistencies(body: unknown, maxFiles: number): readonly Inconsistency[] {
  const payload = fieldsOf(body);
  const { scoreScale } = fieldsOf(payload["matcher"]);
  const top = scoreScale === "0-1" ? 1 : scoreScale === "0-100" ? 100 : undefined;
  const probe = fieldsOf(payload["subject"])["externalId"];
  const found = [
    ...ofCapture(payload["capture"], ["capture"]),
    ...ofMatcher(payload["matcher"], top),
  ];
  const refs = new Set<unknown>();
  found.push(...ofEvidence(payload["evidence"], ["evidence"], refs));
  const named = new Set<unknown>();
  for (const [index, item] of itemsOf(payload["candidates"]).slice(0, LOOKED_AT).entries()) {
    const candidate = fieldsOf(item);
    const path = ["candidates", index];
    const id = fieldsOf(candidate["subject"])["externalId"];
    if (typeof id === "string") {
      const at = [...path, "subject", "externalId"];
      if (id === probe) {
        found.push({
          path: at,
          message: "This candidate is the probe's own account; leave it out.",
        });
      }
      if (named.has(id)) {
        found.push({
          path: at,
          message: "This candidate is named twice; name each account once.",
        });
      }
      named.add(id);
    }
    const similarity = candidate["similarity"];
    if (typeof similarity === "number") {
      const at = [...path, "similarity"];
      if (scoreScale === "none") {
        found.push({
          path: at,
          message: "The score scale is “none”, so a candidate has no similarity.",
        });
      } else if (top !== undefined && (similarity < 0 || similarity > top)) {
        found.push({
          path: at,
          message: `The similarity must be between 0 and ${top}, as the score scale says.`,
        });
      }
    }
    found.push(...ofCapture(candidate["capture"], [...path, "capture"]));
    found.push(...ofEvidence(candidate["evidence"], [...path, "evidence"], refs));
  }
  if (refs.size > maxFiles) {
    found.push({ path: ["evidence"], message: `At most ${maxFiles} files a request.` });
  }
  return found;
}

function ofCapture(value: unknown, path: Path): Inconsistency[] {
  const { legalBasis, consentedAt, capturedAt } = fieldsOf(value);
  if (legalBasis === "consent" && consentedAt === undefined) {
    return [
      {
        path: [...path, "consentedAt"],
        message: "The legal basis is consent, so say when it was given.",
      },
    ];
  }
  if (typeof consentedAt !== "string" || typeof capturedAt !== "string") return [];
  if (!(Date.parse(capturedAt) < Date.parse(consentedAt))) return [];
  return [
    {
      path: [...path, "capturedAt"],
      message: "The capture is older than the consent to it; send a capture made after it.",
    },
  ];
}

function ofMatcher(value: unknown, top: number | undefined): Inconsistency[] {
  const { scoreScale, threshold } = fieldsOf(value);
  const path = ["matcher", "threshold"];
  if (scoreScale === "none" && threshold !== undefined) {
    return [{ path, message: "A provider without a score scale has no threshold; leave it out." }];
  }
  if (top === undefined) return [];
  if (threshold === undefined) {
    return [
      {
        path,
        message: "Say which threshold the search used; without one nobody can judge the machine.",
      },
    ];
  }
  if (typeof threshold !== "number" || (threshold >= 0 && threshold <= top)) return [];
  return [
    { path, message: `The threshold must be between 0 and ${top}, as the score scale says.` },
  ];
}

/** Of one list of evidence; `refs` are those seen before in the case. */
function ofEvidence(value: unknown, path: Path, refs: Set<unknown>): Inconsistency[] {
  const found: Inconsistency[] = [];
  for (const [index, item] of itemsOf(value).slice(0, LOOKED_AT).entries()) {
    const { ref, kind, faceBox } = fieldsOf(item);
    if (kind === "face_clip" && faceBox !== undefined) {
      found.push({ path: [...path, index, "faceBox"], message: "A clip has no face box." });
    }
    if (typeof ref !== "string") continue;
    // A bundle's files are called by their refs, and some systems don't tell capital letters apart.
    const name = ref.toLowerCase();
    if (refs.has(name)) {
      found.push({
        path: [...path, index, "ref"],
        message:
          "This ref is used twice; each file has its own, whatever letters are written large.",
      });
    }
    refs.add(name);
  }
  return found;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
