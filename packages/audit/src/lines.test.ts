import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, fromUtf8, utf8 } from "./bytes.ts";
import { leafLine, LinesError, splitLines } from "./lines.ts";

async function read(...chunks: Uint8Array[]): Promise<(string | undefined)[]> {
  return (await Array.fromAsync(splitLines(chunks))).map(fromUtf8);
}

test("however a file is cut into chunks, the same leaves come out", async () => {
  const leaves = fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", "")));
  await fc.assert(
    fc.asyncProperty(leaves, fc.array(fc.nat(200)), async (texts, cuts) => {
      const file = concatBytes(...texts.map((text) => leafLine(utf8(text))));
      const points = [0, ...cuts.filter((cut) => cut < file.length), file.length].toSorted(
        (a, b) => a - b,
      );
      const chunks = points.slice(1).map((end, index) => file.slice(points[index], end));
      expect(await read(...chunks)).toEqual(texts.map((text) => fromUtf8(utf8(text))));
    }),
  );
});

test("a reader may use its buffer again", async () => {
  const buffer = new Uint8Array(2);
  const chunks = function* () {
    for (const part of ["ab", "c\n"]) {
      buffer.set(utf8(part));
      yield buffer;
    }
  };
  expect((await Array.fromAsync(splitLines(chunks()))).map(fromUtf8)).toEqual(["abc"]);
});

test("an empty file has no leaves; a blank line is an empty leaf, which the verifier refuses", async () => {
  expect(await read()).toEqual([]);
  expect(await read(utf8("\n"))).toEqual([""]);
});

test("a file that ends within a line, and a line without end, are errors", async () => {
  await expect(read(utf8("a\nb"))).rejects.toThrow(LinesError);
  const endless = Array.from({ length: 20 }, () => new Uint8Array(65_536));
  await expect(read(...endless)).rejects.toThrow("1 MiB");
});

test("a leaf with a newline can't become two lines", () => {
  expect(() => leafLine(utf8("a\nb"))).toThrow(LinesError);
});
