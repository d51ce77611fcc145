"use strict";
// Loaded with `-r` before each entry point, so it runs before Node reads any TypeScript; written
// in syntax that every Node can read. It matters where the npm package `node` could not be built
// and pnpm, with a mere warning, has run the script on the machine's own Node.
const major = Number(process.versions.node.split(".")[0]);
if (!(major >= 24)) {
  console.error(
    "Secondlook needs Node 24 and this is Node " +
      process.versions.node +
      ". Run it as `npx pnpm@12 <script>`, which brings its own; if you did, `npx pnpm@12 install` says why Node 24 could not be installed.",
  );
  process.exit(1);
}
