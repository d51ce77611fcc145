import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { createMediaPreparer } from "./preparer.ts";
import { makeClip } from "./testing/clips.ts";
import { makeHeif } from "./testing/heif.ts";
import { plain, quadrants, stored } from "./testing/pictures.ts";

const preparer = createMediaPreparer();
afterAll(() => preparer.close());

describe("the media preparer", () => {
  it("gives a photo's renditions, the original byte for byte", async () => {
    const bytes = Uint8Array.from(await stored(6));
    const result = await preparer.preparePhoto({
      bytes,
      faceBox: { left: 0.1, top: 0.1, width: 0.5, height: 0.7, space: "stored" },
    });
    if (!result.ok) throw new Error(result.refusal.message);
    expect(result.value).toMatchObject({
      type: "photo",
      format: "jpeg",
      width: 400,
      height: 200,
      marks: [],
      // Stored lying, so what was its height is now its width.
      faceIn: { whole: { top: 0.1, height: 0.5 }, face: { top: 0.125, height: 0.625 } },
    });
    expect(result.value.renditions.map((r) => r.name)).toEqual([
      "original",
      "face",
      "screen",
      "detail",
      "thumb",
    ]);
    const [original, ...made] = result.value.renditions;
    expect(original).toEqual({
      name: "original",
      mediaType: "image/jpeg",
      bytes,
      width: 400,
      height: 200,
    });
    for (const r of made) {
      const { format, width, height } = await sharp(r.bytes).metadata();
      expect([format, width, height]).toEqual(["jpeg", r.width, r.height]);
    }
  });

  it("gives a clip's rendition beside the original", async () => {
    const bytes = await makeClip({ sound: "beside" });
    const result = await preparer.prepareClip({ bytes });
    if (!result.ok) throw new Error(result.refusal.message);
    expect(result.value).toMatchObject({ type: "clip", format: "webm", codec: "vp8", frames: 30 });
    expect(result.value.renditions.map((r) => [r.name, r.mediaType])).toEqual([
      ["original", "video/webm"],
      ["clip", "video/webm"],
    ]);
    expect(result.value.renditions[0]?.bytes).toBe(bytes);
  });

  it("leaves the sender's bytes as they are, also where they are a view into a request", async () => {
    const photo = await stored(1);
    const request = new Uint8Array(photo.length + 200).fill(9);
    request.set(photo, 100);
    const view = request.subarray(100, 100 + photo.length);
    expect((await preparer.preparePhoto({ bytes: view })).ok).toBe(true);
    expect(Buffer.from(view).equals(photo)).toBe(true);
    expect(request[99]).toBe(9);
  });

  it("prepares HEIC photos one at a time, beside others", async () => {
    const data = await quadrants(160, 96).raw().toBuffer();
    const heic = Uint8Array.from(
      await makeHeif({ data, width: 160, height: 96 }, { format: "heic" }),
    );
    const jpeg = Uint8Array.from(await stored(1));
    const results = await Promise.all(
      [heic, jpeg, heic, jpeg, heic].map((bytes) => preparer.preparePhoto({ bytes })),
    );
    expect(results.map((result) => result.ok && result.value.renditions[0]?.mediaType)).toEqual([
      "image/heic",
      "image/jpeg",
      "image/heic",
      "image/jpeg",
      "image/heic",
    ]);
  });

  it("refuses by content, whatever it was asked for", async () => {
    const clip = await makeClip();
    expect(await preparer.preparePhoto({ bytes: clip })).toMatchObject({
      ok: false,
      refusal: { code: "unsupported_format" },
    });
    expect(await preparer.prepareClip({ bytes: await stored(1) })).toMatchObject({
      ok: false,
      refusal: {
        code: "unsupported_format",
        message: "the file is a photo (JPEG); send a WebM, MP4 or MOV",
      },
    });
    expect(await preparer.preparePhoto({ bytes: new Uint8Array() })).toMatchObject({
      refusal: { code: "empty" },
    });
  });

  it("refuses a file that needs more memory than allowed, and only that", async () => {
    // A child at rest needs less than 120 MB, this picture more than 280: far from the limit, both.
    const small = createMediaPreparer({ workers: 1, memoryMb: 180 });
    const big = await plain(8000, 6000).jpeg({ quality: 20 }).toBuffer();
    expect(await small.preparePhoto({ bytes: big })).toMatchObject({
      refusal: {
        code: "preparation_failed",
        message: expect.stringContaining("needs more memory than is allowed"),
      },
    });
    expect((await small.preparePhoto({ bytes: await stored(1) })).ok).toBe(true);
    await small.close();
  });

  it("refuses everything once it is closed", async () => {
    const closed = createMediaPreparer();
    await closed.close();
    expect(await closed.preparePhoto({ bytes: await stored(1) })).toMatchObject({
      refusal: {
        code: "preparation_failed",
        message: expect.stringContaining("the server is stopping"),
      },
    });
  });
});
