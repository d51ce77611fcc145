import { describe, expect, it } from "vitest";
import { createRandom } from "../people/random.ts";
import { demoSet } from "../cases/demo-set.ts";
import { designCard } from "./card-design.ts";
import { textOutline } from "./text.ts";

const options = { x: 0, y: 0, size: 20, fill: "#000000" };
const outlines = (svg: string): number => svg.match(/<path d="M/g)?.length ?? 0;

describe("text on cards", () => {
  it("has a letter form for every name and address of the demo", () => {
    for (const plan of demoSet) {
      for (const account of [plan.probe, ...plan.candidates]) {
        for (const text of [account.fullName, account.address, account.nationality]) {
          expect(outlines(textOutline(text, { ...options, weight: 600 })), text).toBeGreaterThan(1);
        }
      }
    }
  });

  it("joins Arabic letters and runs from right to left", () => {
    const forms = (text: string): string[] =>
      [...textOutline(text, options).matchAll(/d="([^"]+)"/g)].map((match) => match[1] ?? "");
    const [alone] = forms("م");
    const joined = forms("مم");
    expect(joined).toHaveLength(2);
    expect(joined).not.toContain(alone);
    // The last word stands leftmost.
    expect(forms("اا م")[0]).toBe(alone);
    expect(forms("اا X")[0]).toBe(forms("X")[0]);
  });

  it("makes long text smaller instead of cutting it", () => {
    const wide = textOutline("Freifrau von Hohenstein-Wartenburg", options);
    const narrow = textOutline("Freifrau von Hohenstein-Wartenburg", { ...options, maxWidth: 100 });
    expect(outlines(narrow)).toBe(outlines(wide));
    expect(Number(/matrix\((\S+)/.exec(narrow)?.[1])).toBeLessThan(
      Number(/matrix\((\S+)/.exec(wide)?.[1]),
    );
  });

  it("refuses a character that no font has, and says which", () => {
    expect(() => textOutline("𒀀", options)).toThrow("U+12000");
  });

  it("needs no font of the machine: a card holds outlines only, and says SPECIMEN", () => {
    const text = {
      title: ["ПАСПОРТ", "PASSPORT"],
      nativeName: "陈国伟",
      surname: "Chen",
      givenNames: "Guowei",
      documentNumber: "E1",
      dateOfBirth: "1990-06-14",
      expiresOn: "2031-01-01",
      issuedOn: "2021-01-01",
      nationality: "中国",
      address: "دبي",
    } as const;
    for (const layout of ["passport", "national_id", "driving_licence"] as const) {
      const { paper, print, portrait, width, height } = designCard(
        layout,
        text,
        createRandom(layout),
      );
      expect(paper + print).not.toMatch(/<text|font-family/);
      expect(portrait.left + portrait.width).toBeLessThan(width);
      expect(portrait.top + portrait.height).toBeLessThan(height);
      expect(paper).toContain(
        textOutline("SPECIMEN", {
          x: 954,
          y: 74,
          size: 44,
          fill: "#b3261e",
          weight: 600,
          anchor: "end",
        }),
      );
    }
  });
});
