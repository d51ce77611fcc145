import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "vitest";
import { DumpedFiles } from "../dumped-files.ts";
import { slimDump } from "./slim-dump.ts";

test("a slim dump opens as the database that it was, is less than half of the whole one and can be written to", async () => {
  const before = await PGlite.create();
  await before.exec(
    "create table kept (n integer); insert into kept select generate_series(1, 500)",
  );
  const whole = await before.dumpDataDir("none");
  const slim = await slimDump(before);
  await before.close();
  expect(slim.length).toBeLessThan(whole.size / 2);
  const after = await PGlite.create({ fs: new DumpedFiles(slim) });
  expect((await after.query("select count(*)::int as n from kept")).rows).toEqual([{ n: 500 }]);
  // More than a segment of its log holds, so that the cut one is left behind.
  await after.exec("insert into kept select generate_series(1, 300000)");
  await after.exec("checkpoint");
  expect((await after.query("select count(*)::int as n from kept")).rows).toEqual([{ n: 300_500 }]);
  await after.close();
}, 120_000);
