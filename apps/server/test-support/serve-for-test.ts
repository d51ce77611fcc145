import { quickenImports } from "../src/lifecycle/quick-imports.ts";
import { runCommand, say } from "../src/lifecycle/run-command.ts";

/** `secondlook start` with a console that needs no build: its folder is the only argument. */
quickenImports();
await runCommand(async () => {
  const { start } = await import("../src/commands/start.ts");
  const folder = process.argv[2];
  return start(say, folder === undefined ? {} : { console: folder });
});
