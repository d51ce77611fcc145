import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawPeople } from "@secondlook/demo/draw-people";
import { createProgressBar } from "../ingest/progress-bar.ts";
import { type DemoFolderOptions, openDemoFolder } from "./demo-folder.ts";

/**
 * `secondlook demo people`: draws people who don't exist, a folder each, with three pictures and
 * `person.json`: the parameters, and whose twin, sibling or look-alike somebody is.
 */
export async function demoPeople(
  options: DemoFolderOptions,
  say: (line: string) => void,
): Promise<number> {
  const { count, seed, folder } = await openDemoFolder(options);
  const bar = createProgressBar(count);
  const start = performance.now();
  let pictures = 0;
  let done = 0;
  for await (const drawn of drawPeople({ seed, count })) {
    const place = join(folder, drawn.person.id);
    await mkdir(place);
    for (const { name, bytes } of drawn.pictures)
      await writeFile(join(place, `${name}.jpg`), bytes);
    const { person, like } = drawn;
    const captures = Object.fromEntries(drawn.pictures.map(({ name, capture }) => [name, capture]));
    const json = JSON.stringify({ person, ...(like === undefined ? {} : { like }), captures });
    await writeFile(join(place, "person.json"), `${json}\n`);
    pictures += drawn.pictures.length;
    done += 1;
    bar.show(done, drawn.person.id);
  }
  bar.end(done);
  const seconds = (performance.now() - start) / 1000;
  say(
    `${done} people in ${pictures} pictures lie in ${folder} (${(pictures / seconds).toFixed(1)} pictures a second).`,
  );
  return 0;
}
