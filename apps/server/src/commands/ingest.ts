import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { visibleText } from "@secondlook/domain/text/hidden-characters";
import { z } from "zod";
import { type Config, readConfig } from "../config/config.ts";
import { standingIn } from "../config/standing-in.ts";
import { StopError } from "../config/stop-error.ts";
import { bundleForm } from "../ingest/bundle-form.ts";
import { createProgressBar } from "../ingest/progress-bar.ts";
import { type Bundle, readBundle } from "../ingest/read-bundle.ts";
import { readRekognition, type RekognitionOptions } from "../ingest/read-rekognition.ts";
import { serverAddress } from "./server-address.ts";

interface Refused {
  readonly bundle: string;
  readonly why: readonly string[];
}

const problemSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).default([]),
});

/** `secondlook ingest`'s options: where to send, and what belongs to one answer of Rekognition. */
export type IngestOptions = {
  readonly url?: string;
  readonly key?: string;
} & Partial<RekognitionOptions>;

/**
 * `secondlook ingest <bundle>…`: sends each bundle through the same route as upstream systems. With
 * `--rekognition` there is one, whose matcher and candidates are those of the answer.
 *
 * @returns 0 where everything was taken or repeated, 1 where anything was refused or not sent.
 */
export async function ingest(
  bundles: readonly string[],
  options: IngestOptions,
  say: (line: string) => void,
): Promise<number> {
  const read = readerOf(bundles, options);
  const config = readConfig(process.env);
  const endpoint = endpointOf(options.url ?? serverAddress(config));
  const key = options.key ?? config.ingestKey ?? (await demoKey(config));
  const bar = createProgressBar(bundles.length);
  let taken = 0;
  let repeated = 0;
  const refused: Refused[] = [];
  let fault: StopError | undefined;
  for (const [index, bundle] of bundles.entries()) {
    bar.show(index, basename(bundle));
    try {
      const answer = await send(endpoint, key, await read(fromHere(bundle)));
      if (answer.state === "refused") refused.push({ bundle, why: answer.why });
      else if (answer.state === "repeated") repeated += 1;
      else taken += 1;
    } catch (error) {
      if (!(error instanceof StopError)) throw error;
      fault = error;
      break;
    }
  }
  const done = taken + repeated + refused.length;
  bar.end(done);
  for (const { bundle, why } of refused) {
    say(`${bundle} was refused:`);
    // A pointer repeats a field's name, which may hold what a terminal obeys.
    for (const line of why) say(`  ${visibleText(line)}`);
  }
  if (fault !== undefined && done === 0) throw fault;
  const unsent = bundles.length - done;
  say(
    `${taken} taken, ${repeated} repeated (sent before with the same content), ${refused.length} refused${unsent === 0 ? "" : `, ${unsent} not sent`}.`,
  );
  if (fault !== undefined) throw fault;
  return refused.length === 0 ? 0 : 1;
}

type Answer =
  | { readonly state: "taken" | "repeated" }
  | { readonly state: "refused"; readonly why: readonly string[] };

/** How the bundles are read. Throws StopError for options that don't go together. */
function readerOf(
  bundles: readonly string[],
  options: IngestOptions,
): (folder: string) => Promise<Bundle> {
  const { rekognition, gallery, target, request } = options;
  if (rekognition === undefined) {
    const alone = [
      "gallery",
      "target",
      "request",
      "threshold",
      "searchedAt",
      "modelVersion",
      "image",
    ] as const;
    if (alone.some((name) => options[name] !== undefined)) {
      throw new StopError("Those options belong to an answer; name its file with --rekognition.");
    }
    return readBundle;
  }
  if (bundles.length !== 1) {
    throw new StopError("An answer belongs to one case; name one folder with --rekognition.");
  }
  const files = {
    rekognition: fromHere(rekognition),
    ...(gallery === undefined ? {} : { gallery: fromHere(gallery) }),
    ...(target === undefined ? {} : { target: fromHere(target) }),
    ...(request === undefined ? {} : { request: fromHere(request) }),
  };
  return (folder) => readRekognition(folder, { ...options, ...files });
}

function fromHere(path: string): string {
  return resolve(standingIn(process.env), path);
}

async function send(endpoint: URL, key: string, bundle: Bundle): Promise<Answer> {
  if ("why" in bundle) return { state: "refused", why: [bundle.why] };
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: bundleForm(bundle.body, bundle.files),
  }).catch((error: unknown) => {
    throw new StopError(
      `No server answers at ${endpoint.origin}; start it, or name it with --url.`,
      { cause: error },
    );
  });
  if (response.status === 201) return { state: "taken" };
  if (response.status === 200) return { state: "repeated" };
  if (response.status === 401)
    throw new StopError("The server does not know this ingest key; name the right one with --key.");
  const parsed = problemSchema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success)
    return { state: "refused", why: [`The server answered ${response.status}.`] };
  const { detail, errors } = parsed.data;
  return {
    state: "refused",
    why:
      errors.length === 0
        ? [detail]
        : errors.map((fault) => `${fault.pointer || "/"}: ${fault.detail}`),
  };
}

function endpointOf(url: string): URL {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new StopError(`“${url}” is not an address; write it as http://127.0.0.1:4400.`);
  return new URL("/v1/cases", url);
}

async function demoKey(config: Config): Promise<string> {
  const key = await readFile(join(config.dataDir, "ingest-key"), "utf8").catch(() => undefined);
  if (key === undefined)
    throw new StopError("Name the ingest key with --key or SECONDLOOK_INGEST_KEY.");
  return key.trim();
}
