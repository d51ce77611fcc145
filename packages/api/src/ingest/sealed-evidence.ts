import type { NewEvidence, NewRendition } from "@secondlook/db/ingest/store-case";
import { type Id, newId } from "@secondlook/domain/ids";
import type { PreparedRendition } from "@secondlook/domain/evidence/prepared";
import type { Deps } from "../core/deps.ts";
import type { Person } from "./people.ts";
import type { PreparedEvidence } from "./prepare-evidence.ts";

/** Objects put so far, so that they can be taken away again. */
export type WrittenObjects = Id<"object">[];

/**
 * Encrypts one piece of evidence under its account's key and puts every rendition into the object
 * store; resolves once they would outlive a power cut.
 *
 * @param written gets each object's id before it is put.
 * @returns the row that names them, without its verification.
 */
export async function sealEvidence(
  deps: Deps,
  of: { readonly person: Person; readonly evidence: PreparedEvidence; readonly place: number },
  written: WrittenObjects,
): Promise<Omit<NewEvidence, "verificationId">> {
  const { person, place } = of;
  const { item, prepared } = of.evidence;
  const id = newId("evidence", deps.random);

  async function seal(rendition: PreparedRendition): Promise<NewRendition> {
    const objectId = newId("object", deps.random);
    const sealed = await person.key.encrypt(rendition.bytes, {
      object: objectId,
      rendition: rendition.name,
      purpose: "evidence",
    });
    written.push(objectId);
    await deps.objects.put(objectId, sealed);
    const { name, mediaType, width, height } = rendition;
    return { name, objectId, mediaType, byteLength: rendition.bytes.length, width, height };
  }

  // All are waited for even where one fails: none may be put after they were taken away.
  const results = await Promise.allSettled(prepared.renditions.map(seal));
  const renditions = results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
  return {
    id,
    subjectId: person.id,
    place,
    kind: item.kind,
    marks: prepared.type === "photo" ? prepared.marks : [],
    faceBox:
      item.faceBox === undefined
        ? null
        : await person.key.encryptJson(
            // As upstream gave it, and where that is in what is shown.
            { ...item.faceBox, faceIn: prepared.type === "photo" ? prepared.faceIn : null },
            { object: id, purpose: "face_box" },
          ),
    width: prepared.width,
    height: prepared.height,
    frames: prepared.type === "clip" ? prepared.frames : null,
    durationMs: prepared.type === "clip" ? Math.round(prepared.durationSeconds * 1000) : null,
    codec: prepared.type === "clip" ? prepared.codec : null,
    renditions,
  };
}

/** Takes objects away whose case was not stored; the sweep would find them too, but later. */
export async function discard(deps: Deps, written: WrittenObjects): Promise<void> {
  await Promise.all(written.map((id) => deps.objects.delete(id).catch(() => undefined)));
}
