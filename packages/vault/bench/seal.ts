import { systemRandom } from "@secondlook/domain/ids";

import { alternate, type Report } from "../../../scripts/bench-harness.ts";
import { createMemoryObjectStore } from "../src/memory-object-store.ts";
import { createVault } from "../src/vault.ts";

const MEGABYTE = 1_000_000;
const CONTEXT = { object: "obj_1", rendition: "screen", purpose: "evidence" };

/** Reading a 1 MB object sealed, beside reading it in clear: what encryption alone costs a read. */
export async function run(report: Report): Promise<void> {
  const vault = createVault({ rootKey: systemRandom(32), random: systemRandom });
  const { wrapped } = await vault.newSubjectKey("sub_1");
  const key = await vault.openSubjectKey({ wrapped, subjectId: "sub_1" });
  const store = createMemoryObjectStore(() => new Date());
  const plain = new Uint8Array(MEGABYTE).fill(1);
  await store.put("obj_plain", plain);
  await store.put("obj_sealed", await key.encrypt(plain, CONTEXT));

  const sealed = await alternate(
    () => readsPerSecond(async () => key.decrypt(await found(store.get("obj_sealed")), CONTEXT)),
    () => readsPerSecond(() => found(store.get("obj_plain"))),
  );
  report.comparison(["sealed reads", "clear reads"], sealed, "/s");
  const opens = await readsPerSecond(() => vault.openSubjectKey({ wrapped, subjectId: "sub_1" }));
  report.figure("subject keys opened", opens, "/s");
}

async function found(read: Promise<Uint8Array | undefined>): Promise<Uint8Array> {
  const bytes = await read;
  if (bytes === undefined) throw new Error("The object that was just put is not there.");
  return bytes;
}

async function readsPerSecond(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < 200) {
    await work();
    done++;
  }
  return (done * 1000) / (performance.now() - started);
}
