import { nothingElse, only } from "./acts.ts";
import { madeCase } from "./made-case.ts";
import { scenarios } from "./scenario.ts";

const LONG = "Wolfeschlegelsteinhausenbergerdorff ".repeat(5).trim();

/** Evidence that is unusual, missing or broken. */
export const evidenceScenarios = scenarios({
  "broken-clip": {
    title: "Broken clip",
    as: "reviewer-1",
    path: "/review",
    hint: "The clip is the probe's only evidence.",
    shows: "This file can’t be decoded",
    async prepare(world) {
      await nothingElse(world);
      await world.sendCase(...madeCase(world, "broken-clip", { probe: ["brokenClip"] }));
    },
  },
  "missing-photo": {
    title: "Missing photo",
    as: "reviewer-1",
    path: "/review",
    shows: "Nothing was sent for this side",
    async prepare(world) {
      await nothingElse(world);
      const candidates = [{ files: [] }];
      await world.sendCase(...madeCase(world, "missing-photo", { candidates }));
    },
  },
  "rotated-photo": {
    title: "Photo turned by its EXIF",
    as: "reviewer-1",
    path: "/review",
    shows: "Review a possible duplicate",
    prepare: (world) => only(world, ["turned-photo-lviv"]),
  },
  "dark-photo": {
    title: "Photo taken in the dark",
    as: "reviewer-1",
    path: "/review",
    shows: "Review a possible duplicate",
    prepare: (world) => only(world, ["dark-room-guangzhou"]),
  },
  "no-candidates": {
    title: "No candidates",
    as: "reviewer-1",
    path: "/review",
    shows: "No candidate to compare with",
    prepare: (world) => only(world, ["no-candidates-chengdu"]),
  },
  "twenty-candidates": {
    title: "Twenty candidates",
    as: "reviewer-1",
    path: "/review",
    shows: "0 of 20 sealed",
    async prepare(world) {
      await nothingElse(world);
      const candidates = Array.from({ length: 20 }, (_, index) => ({
        files: index % 4 === 3 ? [] : [index % 2 === 0 ? "otherId" : "sameId"],
      }));
      await world.sendCase(...madeCase(world, "twenty-candidates", { candidates }));
    },
  },
  twins: {
    title: "Twins",
    as: "reviewer-1",
    path: "/review",
    shows: "Review a possible duplicate",
    prepare: (world) => only(world, ["twins-kyiv"]),
  },
  "long-names": {
    title: "Long and right-to-left names",
    as: "reviewer-1",
    path: "/review",
    hint: "Names are open before the seal here.",
    shows: "Compared",
    async prepare(world) {
      await nothingElse(world);
      // Opened without a seal, so that the names are there at once.
      await world.changePolicy({ attributesAfterSeal: false });
      await world.sendCase(
        ...madeCase(world, "long-names", {
          attributes: {
            fullName: LONG,
            address: `${"Straße der Völkerfreundschaft ".repeat(12)}17b`,
            email: `${"a".repeat(64)}@${"b".repeat(200)}.example`,
          },
          candidates: [
            {
              files: ["sameId"],
              attributes: {
                fullName: "محمد بن عبد الرحمن بن خالد آل مكتوم",
                address: "شارع الشيخ زايد ١٢، برج الغرير، دبي",
              },
            },
          ],
        }),
      );
    },
  },
});
