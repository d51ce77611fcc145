import { join } from "node:path";
import type {
  RekognitionAnswer,
  RekognitionMatch,
} from "@secondlook/domain/providers/rekognition/answer";
import {
  type CandidateSkeleton,
  candidateSkeletonSchema,
  type NamedAccount,
  type Picture,
} from "@secondlook/domain/providers/rekognition/case-of-answer";
import {
  createPersonFinder,
  knownPeopleSchema,
} from "@secondlook/domain/providers/rekognition/known-people";
import { rekognitionSpace } from "@secondlook/domain/providers/rekognition/picture-space";
import { StopError } from "../config/stop-error.ts";
import { orStop, readJsonFile } from "./json-file.ts";
import { openFolder, type OpenedFolder } from "./opened-folder.ts";

/** The accounts that an answer names, in its order, and where their files lie. */
export interface NamedPeople {
  readonly accounts: readonly NamedAccount[];
  /** By the account's external id. */
  readonly folders: ReadonlyMap<string, OpenedFolder>;
  readonly collection: string | undefined;
  readonly modelVersion: string | undefined;
}

/** Throws StopError where an id belongs to nobody, or to two. */
export async function peopleOfAnswer(
  answer: RekognitionAnswer,
  from: { readonly gallery?: string; readonly target?: string },
): Promise<NamedPeople> {
  return answer.operation === "CompareFaces"
    ? ofTarget(answer, from.target)
    : ofGallery(answer, from.gallery);
}

/** The answer of a comparison names nobody: whoever compared knows with whom. */
async function ofTarget(
  answer: RekognitionAnswer,
  target: string | undefined,
): Promise<NamedPeople> {
  if (target === undefined) {
    throw new StopError(
      "CompareFaces names nobody; name the folder of the account that was compared with, with --target.",
    );
  }
  const { candidate, folder } = await readCandidate(target);
  const photos = candidate.evidence.filter(({ kind }) => kind !== "face_clip");
  const picture = photos.length === 1 ? await pictureOf(folder, photos[0]?.ref) : undefined;
  // A target in which nothing matched is a candidate all the same: somebody flagged the pair.
  const matches: readonly (RekognitionMatch | undefined)[] =
    answer.matches.length === 0 ? [undefined] : answer.matches;
  return {
    accounts: matches.map((match) => ({ candidate, match, picture })),
    folders: new Map([[candidate.subject.externalId, folder]]),
    collection: undefined,
    modelVersion: undefined,
  };
}

async function ofGallery(
  answer: RekognitionAnswer,
  gallery: string | undefined,
): Promise<NamedPeople> {
  if (gallery === undefined) {
    throw new StopError(
      "A search names ids of a collection; name the folder with gallery.json, which says whose they are, with --gallery.",
    );
  }
  const known = await readJsonFile(join(gallery, "gallery.json"), knownPeopleSchema);
  const find = orStop(createPersonFinder(known.people));
  const folders = new Map<string, OpenedFolder>();
  const read = new Map<string, { candidate: CandidateSkeleton; folder: OpenedFolder }>();
  const accounts: NamedAccount[] = [];
  for (const match of answer.matches) {
    const person = orStop(find(match));
    const account = read.get(person.folder) ?? (await readCandidate(join(gallery, person.folder)));
    read.set(person.folder, account);
    folders.set(account.candidate.subject.externalId, account.folder);
    const picture = await pictureOf(account.folder, person.indexedPhoto);
    accounts.push({ candidate: account.candidate, match, picture });
  }
  return {
    accounts,
    folders,
    collection: known.collectionId,
    modelVersion: known.faceModelVersion,
  };
}

async function readCandidate(
  path: string,
): Promise<{ candidate: CandidateSkeleton; folder: OpenedFolder }> {
  const folder = await openFolder(path);
  const candidate = await readJsonFile(join(path, "candidate.json"), candidateSkeletonSchema);
  return { candidate, folder };
}

async function pictureOf(
  folder: OpenedFolder,
  ref: string | undefined,
): Promise<Picture | undefined> {
  if (ref === undefined) return undefined;
  const file = await folder.file(ref);
  const space = file === undefined ? undefined : rekognitionSpace(file.bytes);
  return space === undefined ? undefined : { ref, space };
}
