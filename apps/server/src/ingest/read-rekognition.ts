import { join } from "node:path";
import {
  type RekognitionAnswer,
  readRekognitionAnswer,
} from "@secondlook/domain/providers/rekognition/answer";
import {
  caseOfAnswer,
  caseSkeletonSchema,
  type CaseSkeleton,
  type Picture,
  type RekognitionSearch,
} from "@secondlook/domain/providers/rekognition/case-of-answer";
import { modelVersionOf } from "@secondlook/domain/providers/rekognition/model-version";
import { rekognitionSpace } from "@secondlook/domain/providers/rekognition/picture-space";
import { readRekognitionRequest } from "@secondlook/domain/providers/rekognition/request";
import { z } from "zod";
import { StopError } from "../config/stop-error.ts";
import type { BundleFile } from "./bundle-form.ts";
import { openFolder, type OpenedFolder } from "./opened-folder.ts";
import { type NamedPeople, peopleOfAnswer } from "./people-of-answer.ts";
import type { Bundle } from "./read-bundle.ts";
import { orStop, readJsonFile } from "./json-file.ts";

/** What stands beside the answer, which tells neither threshold nor time nor whose the faces are. */
export interface RekognitionOptions {
  /** The answer's file. */
  readonly rekognition: string;
  /** A folder with `gallery.json`; not for CompareFaces. */
  readonly gallery?: string;
  /** The folder of the account compared with; for CompareFaces only. */
  readonly target?: string;
  readonly threshold?: string;
  /** The request's file. */
  readonly request?: string;
  readonly searchedAt?: string;
  readonly modelVersion?: string;
  /** The ref of the picture searched with, where the case has several. */
  readonly image?: string;
}

/**
 * Makes a bundle of a folder with `case.json` (without matcher and candidates) and an answer of
 * Rekognition.
 *
 * @throws StopError with a sentence where they don't make one case.
 */
export async function readRekognition(
  folder: string,
  options: RekognitionOptions,
): Promise<Bundle> {
  const raw = await readJsonFile(options.rekognition, z.record(z.string(), z.unknown()));
  const answer = orStop(readRekognitionAnswer(raw));
  const opened = await openFolder(folder);
  const skeleton = await readJsonFile(join(folder, "case.json"), caseSkeletonSchema);
  const people = await peopleOfAnswer(answer, options);
  const search = await searchOf(answer, people, options);
  const files = new Map<string, BundleFile>();
  for (const { ref } of skeleton.evidence) await addFile(files, ref, opened, ref);
  const made = orStop(
    caseOfAnswer(skeleton, people.accounts, {
      ...search,
      raw,
      picture: pictureOf(skeleton, files, options.image),
    }),
  );
  for (const [ref, { account, ref: there }] of made.refs) {
    const from = people.folders.get(account);
    if (from !== undefined) await addFile(files, ref, from, there);
  }
  return { body: made.body, files };
}

async function searchOf(
  answer: RekognitionAnswer,
  people: NamedPeople,
  options: RekognitionOptions,
): Promise<Omit<RekognitionSearch, "raw" | "picture">> {
  const request =
    options.request === undefined
      ? undefined
      : readRekognitionRequest(await readJsonFile(options.request, z.unknown()), answer.operation);
  if (options.request !== undefined && request === undefined) {
    throw new StopError(`${options.request} is no request of ${answer.operation}.`);
  }
  const flag = options.threshold === undefined ? undefined : Number(options.threshold);
  if (flag !== undefined && !(flag >= 0 && flag <= 100)) {
    throw new StopError("--threshold is a number from 0 to 100.");
  }
  const threshold = flag ?? request?.threshold;
  if (threshold === undefined) {
    throw new StopError(
      "The answer does not hold its threshold; name it with --threshold, or the request's file with --request.",
    );
  }
  if (flag !== undefined && request !== undefined && flag !== request.threshold) {
    throw new StopError(
      `--threshold says ${flag} and the request ${request.threshold}; leave one of them out.`,
    );
  }
  const searchedAt = options.searchedAt ?? answer.answeredAt;
  if (searchedAt === undefined) {
    throw new StopError(
      "The answer does not say when it was given; name the instant with --searched-at, such as 2026-11-02T09:14:03Z.",
    );
  }
  const collections = [people.collection, request?.collection].filter((each) => each !== undefined);
  const [collection = "compared one to one", other = collection] = collections;
  if (other !== collection) {
    throw new StopError(
      `gallery.json is of the collection ${collection} and the request of ${other}; give those of one search.`,
    );
  }
  const known = [people.modelVersion, options.modelVersion];
  return {
    answer,
    threshold,
    searchedAt,
    collection,
    modelVersion: orStop(modelVersionOf(answer, known)),
  };
}

/** The picture that was searched with: the one named, else the only one there is. */
function pictureOf(
  skeleton: CaseSkeleton,
  files: ReadonlyMap<string, BundleFile>,
  named: string | undefined,
): Picture | undefined {
  const photos = skeleton.evidence.filter(({ kind }) => kind !== "face_clip");
  if (named !== undefined && !photos.some(({ ref }) => ref === named)) {
    throw new StopError(`--image names “${named}”, which is no photo of case.json.`);
  }
  const ref = named ?? (photos.length === 1 ? photos[0]?.ref : undefined);
  const file = ref === undefined ? undefined : files.get(ref);
  const space = file === undefined ? undefined : rekognitionSpace(file.bytes);
  return ref === undefined || space === undefined ? undefined : { ref, space };
}

async function addFile(
  into: Map<string, BundleFile>,
  ref: string,
  from: OpenedFolder,
  there: string,
): Promise<void> {
  const file = await from.file(there);
  if (file !== undefined) into.set(ref, file);
}
