import { cpus, totalmem } from "node:os";
import { spread, type Report } from "../../../scripts/bench-harness.ts";
import { demoBundles } from "../src/cases/demo-cases.ts";
import { demoSeed, demoSet } from "../src/cases/demo-set.ts";
import { drawPeople } from "../src/people/draw-people.ts";
import { usualThreads } from "../src/threads/in-threads.ts";

const ROUNDS = 5;
const PEOPLE_A_ROUND = 16;
const PICTURES_EACH = 3;
/** The compiler is done with the drawing code after about so many people a thread. */
const WARM_UP = 12;
const CASES = 8;

/**
 * Pictures of people a second, in as many threads as draw the demo: 640 by 480, JPEG, each of
 * another capture, and the start of the demo set with its cards and clips.
 */
export async function run(report: Report): Promise<void> {
  const threads = usualThreads();
  report.note(
    `${threads} threads on ${cpus().length} processors (${cpus()[0]?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB`,
  );
  const warmUp = WARM_UP * threads;
  const rates: number[] = [];
  const sizes: number[] = [];
  let drawn = 0;
  let since = 0;
  let cpuBefore = process.cpuUsage();
  const count = warmUp + ROUNDS * PEOPLE_A_ROUND + threads * 2;
  const start = performance.now();
  for await (const { pictures } of drawPeople({
    seed: 1,
    count,
    width: 640,
    height: 480,
    threads,
  })) {
    drawn += 1;
    if (drawn === 1)
      report.figure("the first person, threads started cold", performance.now() - start, "ms");
    for (const { bytes } of pictures) sizes.push(bytes.length / 1024);
    if (drawn === warmUp) {
      since = performance.now();
      cpuBefore = process.cpuUsage();
    } else if (drawn > warmUp && (drawn - warmUp) % PEOPLE_A_ROUND === 0) {
      const now = performance.now();
      rates.push((PEOPLE_A_ROUND * PICTURES_EACH * 1000) / (now - since));
      since = now;
      if (rates.length === ROUNDS) break;
    }
  }
  report.figure("pictures of 640 × 480", spread(rates), "pictures/s", { atLeast: 20 });
  // Where others use the machine too, this says more than the rate.
  const { user, system } = process.cpuUsage(cpuBefore);
  const milliseconds = (user + system) / 1000 / (ROUNDS * PEOPLE_A_ROUND * PICTURES_EACH);
  report.figure("processor time of a picture, compiler and garbage included", milliseconds, "ms");
  report.figure("a picture's file", spread(sizes), "kB");

  const plans = demoSet.slice(0, CASES);
  const before = performance.now();
  let files = 0;
  let bytes = 0;
  for await (const bundle of demoBundles({ seed: demoSeed, now: new Date(), plans, threads })) {
    if (files === 0)
      report.figure("the demo's first case", (performance.now() - before) / 1000, "s");
    files += bundle.files.size;
    for (const file of bundle.files.values()) bytes += file.bytes.length;
  }
  const seconds = (performance.now() - before) / 1000;
  report.figure(`its first ${CASES} cases, ${files} files with clips`, seconds, "s");
  report.figure("their files", bytes / 2 ** 20, "MB");
}
