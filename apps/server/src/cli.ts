import { Command } from "commander";
import type { DemoFolderOptions } from "./commands/demo-folder.ts";
import type { DemoHistoryOptions } from "./commands/demo-history.ts";
import type { IngestOptions } from "./commands/ingest.ts";
import { quickenImports } from "./lifecycle/quick-imports.ts";
import { runCommand, say } from "./lifecycle/run-command.ts";

quickenImports();

const program = new Command("secondlook")
  .description("A human review console for flagged identity verifications")
  .showHelpAfterError()
  .helpCommand(false);

program
  .command("start")
  .description("serve the console and the API until Ctrl-C")
  .action(() => runCommand(() => import("./commands/start.ts").then(({ start }) => start(say))));

program
  .command("ingest")
  .description("send bundles (folders with case.json and the files it names) to a running server")
  .argument("<bundle...>", "bundle folders")
  .option("--url <url>", "the server; else the one of HOST and PORT, http://127.0.0.1:4400")
  .option(
    "--key <key>",
    "the ingest key; else SECONDLOOK_INGEST_KEY, else the demo's key of the data folder",
  )
  .option(
    "--rekognition <file>",
    "an answer of Amazon Rekognition, which gives the one bundle its matcher and candidates (docs/rekognition.md)",
  )
  .option("--gallery <folder>", "with gallery.json: whose the answer's faces and users are")
  .option("--target <folder>", "the account that CompareFaces compared with")
  .option("--threshold <number>", "the threshold that the request named")
  .option("--request <file>", "the request, instead of --threshold")
  .option("--searched-at <instant>", "when it was searched, where the answer has no date")
  .option("--model-version <version>", "the face model, where the answer does not tell it")
  .option("--image <ref>", "the photo that was searched with, where there are several")
  .action((bundles: string[], options: IngestOptions) =>
    runCommand(() =>
      import("./commands/ingest.ts").then(({ ingest }) => ingest(bundles, options, say)),
    ),
  );

const user = program.command("user").description("people who may sign in");
user
  .command("add")
  .description("add a person and print a one-time sign-in link")
  .argument("<handle>", "the name to sign in by")
  .requiredOption("--role <role>", "reviewer, senior, lead, auditor, privacy or admin")
  .option("--name <name>", "the name shown; else the handle")
  .option("--regions <codes>", "ISO 3166 codes, separated by commas; else every region")
  .option("--languages <codes>", "ISO 639 codes, separated by commas; else every language")
  .option("--skills <codes>", "skills, separated by commas", "")
  .action(
    (
      handle: string,
      options: {
        role: string;
        name?: string;
        regions?: string;
        languages?: string;
        skills: string;
      },
    ) =>
      runCommand(() =>
        import("./commands/user-add.ts").then(({ userAdd }) => userAdd(handle, options, say)),
      ),
  );

user
  .command("list")
  .description("who may sign in: handle, role, name")
  .action(() =>
    runCommand(() => import("./commands/user-list.ts").then(({ userList }) => userList(say))),
  );
user
  .command("link")
  .description("print a new one-time sign-in link for somebody who signed out or lost theirs")
  .argument("<handle>", "the name to sign in by")
  .action((handle: string) =>
    runCommand(() =>
      import("./commands/user-link.ts").then(({ userLink }) => userLink(handle, say)),
    ),
  );
user
  .command("disable")
  .description("close somebody's account: sessions, links and leases end at once")
  .argument("<handle>", "the name to sign in by")
  .action((handle: string) =>
    runCommand(() =>
      import("./commands/user-disable.ts").then(({ userDisable }) => userDisable(handle, say)),
    ),
  );

const key = program.command("key").description("keys that upstream systems send cases with");
key
  .command("add")
  .description("make a key for an upstream system and print it, once")
  .argument("<source>", "the system's name; a new one is made")
  .option("--label <text>", "which of its keys it is; else the source's name")
  .action((source: string, options: { label?: string }) =>
    runCommand(() =>
      import("./commands/key-add.ts").then(({ keyAdd }) => keyAdd(source, options, say)),
    ),
  );
key
  .command("list")
  .description("every key, or those of one system: id, source, state, last use, label")
  .argument("[source]", "the system's name")
  .action((source: string | undefined) =>
    runCommand(() => import("./commands/key-list.ts").then(({ keyList }) => keyList(source, say))),
  );
key
  .command("revoke")
  .description("take a system's key back, at once and for good")
  .argument("<source>", "the system's name")
  .option("--key <id>", "which one, where it has several")
  .option("--all", "all that it has")
  .action((source: string, options: { key?: string; all?: boolean }) =>
    runCommand(() =>
      import("./commands/key-revoke.ts").then(({ keyRevoke }) => keyRevoke(source, options, say)),
    ),
  );

program
  .command("insights")
  .description("the figures that leads read")
  .command("rebuild")
  .description("count every decision anew; the figures stay readable meanwhile")
  .action(() =>
    runCommand(() =>
      import("./commands/insights-rebuild.ts").then(({ insightsRebuild }) => insightsRebuild(say)),
    ),
  );

const audit = program.command("audit").description("the log");
audit
  .command("export")
  .description("write the log's leaves, its signed checkpoint and the verifier key into a folder")
  .requiredOption("--out <folder>", "a folder that doesn't exist or is empty")
  .action((options: { out: string }) =>
    runCommand(() =>
      import("./commands/audit-export-command.ts").then(({ auditExportCommand }) =>
        auditExportCommand(options.out, say),
      ),
    ),
  );
audit
  .command("rename")
  .description(
    "let the log go on under SECONDLOOK_LOG_ORIGIN, after its key or its end was lost, with the server stopped",
  )
  .action(() =>
    runCommand(() =>
      import("./commands/audit-rename-command.ts").then(({ auditRenameCommand }) =>
        auditRenameCommand(say),
      ),
    ),
  );
audit
  .command("refill")
  .description("fill a restored database in from a newer export, with the server stopped")
  .argument("<folder>", "an export")
  .action((folder: string) =>
    runCommand(() =>
      import("./commands/audit-refill-command.ts").then(({ auditRefillCommand }) =>
        auditRefillCommand(folder, say),
      ),
    ),
  );
audit
  .command("verify")
  .description("check an exported folder, or the database without one")
  .argument("[folder]", "an export")
  .option("--vkey <file>", "the log's verifier key as you kept it, instead of the export's own")
  .option(
    "--checkpoint <file...>",
    "signed checkpoints kept from before: what shows a log that was cut or rewritten with its key",
  )
  .action(
    (folder: string | undefined, options: { vkey?: string; checkpoint?: readonly string[] }) =>
      runCommand(() =>
        import("./commands/audit-verify-command.ts").then(({ auditVerifyCommand }) =>
          auditVerifyCommand(folder, options, say),
        ),
      ),
  );

const demo = program
  .command("demo")
  .description(
    "people who don't exist, and cases with known truth, for load tests and evaluations",
  );
demo
  .command("people")
  .description("draw people: a folder each, with three pictures and what they were drawn from")
  .requiredOption("--count <number>", "how many")
  .option("--seed <number>", "the same seed draws the same people", "1")
  .option("--out <folder>", "a folder that doesn't exist or is empty", "demo-people")
  .action((options: DemoFolderOptions) =>
    runCommand(() =>
      import("./commands/demo-people.ts").then(({ demoPeople }) => demoPeople(options, say)),
    ),
  );
demo
  .command("cases")
  .description("make cases as bundles for ingest, with the right answer beside each")
  .requiredOption("--count <number>", "how many")
  .option("--seed <number>", "the same seed makes the same cases", "1")
  .option("--out <folder>", "a folder that doesn't exist or is empty", "demo-cases")
  .action((options: DemoFolderOptions) =>
    runCommand(() =>
      import("./commands/demo-cases.ts").then(({ demoCases }) => demoCases(options, say)),
    ),
  );
demo
  .command("history")
  .description("make up a year of decisions, in demo mode, for figures and load tests")
  .option("--decisions <number>", "about how many", "100000")
  .option("--seed <number>", "the same seed makes the same year", "1")
  .option("--effects <file>", "what is planted for leads to find, as JSON; else one of each kind")
  .action((options: DemoHistoryOptions) =>
    runCommand(() =>
      import("./commands/demo-history.ts").then(({ demoHistory }) => demoHistory(options, say)),
    ),
  );

await program.parseAsync();
