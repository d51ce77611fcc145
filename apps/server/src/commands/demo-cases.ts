import { demoBundles } from "@secondlook/demo/demo-cases";
import { makePlans } from "@secondlook/demo/make-plans";
import { writeBundle } from "@secondlook/demo/write-bundle";
import { createProgressBar } from "../ingest/progress-bar.ts";
import { type DemoFolderOptions, openDemoFolder } from "./demo-folder.ts";

/**
 * `secondlook demo cases`: makes cases with known truth as bundles, which `secondlook ingest` sends.
 * `truth.json` in each is for those who evaluate, and never sent.
 */
export async function demoCases(
  options: DemoFolderOptions,
  say: (line: string) => void,
): Promise<number> {
  const { count, seed, folder } = await openDemoFolder(options);
  const bar = createProgressBar(count);
  let done = 0;
  let files = 0;
  const plans = makePlans({ seed, count });
  for await (const bundle of demoBundles({ seed, now: new Date(), plans })) {
    await writeBundle(bundle, folder);
    files += bundle.files.size;
    done += 1;
    bar.show(done, bundle.name);
  }
  bar.end(done);
  say(`${done} cases with ${files} files lie in ${folder}. Send them to a running server with:`);
  say(`  secondlook ingest ${folder}/*`);
  return 0;
}
