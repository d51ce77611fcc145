import { expect, test, vi } from "vitest";
import { eventsOf, verifyLog } from "../../test-support/log.ts";
import { processesOf } from "../../test-support/processes.ts";
import {
  answering,
  makeFolder,
  type ServerProcess,
  settings,
  watch,
} from "../../test-support/server-process.ts";

vi.setConfig({ testTimeout: 900_000 });

/** How this machine reaches the registry: npx asks it which pnpm is meant. */
const NETWORK = /^(npm_config_(registry|cache)|https?_proxy|no_proxy|node_extra_ca_certs)$/i;

function network(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      NETWORK.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}

/** As the README says, in a process group of its own as a terminal gives it. */
function startByNpx(folder: string): Promise<ServerProcess> {
  const environment = settings(folder, { ...network(), npm_config_yes: "true" });
  return answering(watch(["npx", "pnpm@12", "start"], environment, { detached: true }));
}

/** The id of the process whose command line begins so. */
async function pidOf(folder: string, command: RegExp): Promise<number> {
  const all = await processesOf(`${folder}/data`);
  const found = all.find((each) => command.test(each.replace(/^\d+ /, "")));
  if (found === undefined) throw new Error(`no ${command} among ${all.join("\n")}`);
  return Number(found.split(" ")[0]);
}

test("whichever process of npx's tree is signalled or killed, none outlives it", async () => {
  const folder = await makeFolder();
  const ways: readonly (readonly [string, (server: ServerProcess) => Promise<void>, boolean])[] = [
    [
      "Ctrl-C",
      async ({ process: { pid = 0 } }) => {
        process.kill(-pid, "SIGINT");
      },
      true,
    ],
    [
      "SIGTERM to npx",
      async (server) => {
        server.process.kill("SIGTERM");
      },
      true,
    ],
    [
      "npx is killed",
      async (server) => {
        server.process.kill("SIGKILL");
      },
      true,
    ],
    [
      "pnpm is killed",
      async () => {
        process.kill(await pidOf(folder, /^pnpm start/), "SIGKILL");
      },
      // pnpm's own guard then kills its script at once.
      false,
    ],
    [
      "the server is killed",
      async () => {
        process.kill(await pidOf(folder, /^node .*cli\.ts start/), "SIGKILL");
      },
      false,
    ],
  ];
  let inOrder = 0;
  for (const [what, end, orderly] of ways) {
    const server = await startByNpx(folder);
    expect((await fetch(`${server.url}/readyz`)).status, what).toBe(200);
    await end(server);
    await expect
      .poll(() => processesOf(`${folder}/data`), { timeout: 30_000, message: what })
      .toEqual([]);
    if (orderly) inOrder += 1;
    const stops = (await eventsOf(folder)).filter(({ kind }) => kind === "emitter.stop").length;
    if (orderly) expect(stops, what).toBe(inOrder);
    else expect(stops, what).toBeGreaterThanOrEqual(inOrder);
  }
  expect(await verifyLog(folder)).toMatchObject({ code: 0 });
});
