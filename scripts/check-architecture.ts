import { checkArchitecture } from "./architecture/check.ts";
import { readWorkspace } from "./architecture/read-workspace.ts";
import { TABLE } from "./architecture/table.ts";

/** Fails where a file imports what the table does not allow, and where nothing was read. */
const workspace = readWorkspace(new URL("..", import.meta.url).pathname);
for (const { folder } of workspace.packages) {
  const files = workspace.files.filter((file) => file.path.startsWith(`${folder}/`));
  const imports = files.reduce((sum, file) => sum + file.imports.length, 0);
  console.log(`  ${folder}: ${files.length} files, ${imports} imports`);
}
const breaches = checkArchitecture(workspace, TABLE);
for (const breach of breaches) console.error(breach);
const imports = workspace.files.reduce((sum, file) => sum + file.imports.length, 0);
if (imports === 0) console.error("No import was read at all, so this check proves nothing.");
console.log(
  `${workspace.files.length} files and ${imports} imports read, ${breaches.length} breaches`,
);
process.exitCode = breaches.length > 0 || imports === 0 ? 1 : 0;
