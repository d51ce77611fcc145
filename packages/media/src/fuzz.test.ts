import type {
  MediaRefusal,
  PreparedClip,
  PreparedPhoto,
} from "@secondlook/domain/evidence/prepared";
import type { Result } from "@secondlook/domain/result";
import { EncodedPacketSink } from "mediabunny";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { openClip } from "./clip/remux.ts";
import { createMediaPreparer } from "./preparer.ts";
import { seededChance } from "./testing/chance.ts";
import { makeClip } from "./testing/clips.ts";
import { makeHeif } from "./testing/heif.ts";
import { mutate } from "./testing/mutate.ts";
import { noise } from "./testing/pictures.ts";

/** Enough to find in seconds what a change to a parser breaks; longer runs by SECONDLOOK_FUZZ_CASES. */
const CASES = Number(process.env["SECONDLOOK_FUZZ_CASES"] ?? 60);
const SEED = Number(process.env["SECONDLOOK_FUZZ_SEED"] ?? 20_261_123);

const heif = async (format: "avif" | "heic"): Promise<Buffer> => {
  const data = await noise(64, 48).raw().toBuffer();
  return makeHeif(
    { data, width: 64, height: 48 },
    { format, tiles: [2, 1], turns: [{ type: "irot", quarters: 1 }], exifOrientation: 6 },
  );
};

const SOURCES = {
  jpeg: () =>
    noise(64, 48)
      .withExif({ IFD0: { Copyright: "x" } })
      .jpeg()
      .toBuffer(),
  "progressive jpeg": () => noise(64, 48).jpeg({ progressive: true }).toBuffer(),
  png: () => noise(64, 48).withIccProfile("p3").png().toBuffer(),
  webp: () =>
    noise(64, 48)
      .withExif({ IFD0: { Copyright: "x" } })
      .webp()
      .toBuffer(),
  avif: () => heif("avif"),
  heic: () => heif("heic"),
  webm: () => makeClip({ sound: "beside" }),
  "live webm": () => makeClip({ format: "live-webm" }),
  mp4: () => makeClip({ format: "mp4", sound: "beside" }),
  "fragmented mp4": () => makeClip({ format: "fragmented-mp4" }),
  mov: () => makeClip({ format: "mov", codec: "avc" }),
} as const;

type Outcome = Result<PreparedPhoto | PreparedClip, MediaRefusal>;

const preparer = createMediaPreparer();
afterAll(() => preparer.close());

describe("whatever becomes of a file on its way", () => {
  it.each(Object.entries(SOURCES))(
    "a %s is shown whole or refused with a sentence",
    async (name, make) => {
      const whole = Uint8Array.from(await make());
      const isClip = /web?m$|mp4|mov/.test(name);
      const prepare = (bytes: Uint8Array): Promise<Outcome> =>
        isClip ? preparer.prepareClip({ bytes }) : preparer.preparePhoto({ bytes });
      expect((await prepare(whole)).ok, "unchanged").toBe(true);
      const chance = seededChance(SEED);
      const changed = Array.from({ length: CASES }, () => mutate(whole, chance));
      await Promise.all(
        changed.map(async (bytes, i) => expectHonest(await prepare(bytes), `${name}, case ${i}`)),
      );
      expect((await prepare(whole)).ok, "afterwards").toBe(true);
    },
    120_000,
  );
});

async function expectHonest(outcome: Outcome, which: string): Promise<void> {
  if (!outcome.ok) {
    expect(outcome.refusal.message, which).toMatch(/^[^\n;]+; [^\n]+[^.\s]$/);
    // A child that died, hung or threw is survived, but is a fault of its own.
    expect(outcome.refusal.code, which).not.toBe("preparation_failed");
    return;
  }
  for (const { name, bytes, width, height, mediaType } of outcome.value.renditions) {
    if (name === "original") continue;
    if (name === "clip") {
      expect(await framesOf(bytes, mediaType), which).toBeGreaterThan(0);
      continue;
    }
    const { info } = await sharp(bytes, { failOn: "warning" })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height], which).toEqual([width, height]);
  }
}

async function framesOf(bytes: Uint8Array, mediaType: string): Promise<number> {
  using input = openClip(bytes, mediaType === "video/webm" ? "webm" : "mp4");
  const track = await input.getPrimaryVideoTrack();
  if (!track) return 0;
  let frames = 0;
  for await (const packet of new EncodedPacketSink(track).packets())
    frames += packet.byteLength > 0 ? 1 : 0;
  return frames;
}
