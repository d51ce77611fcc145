import { expect, test, vi } from "vitest";
import { eventsOf } from "../../test-support/log.ts";
import { makeFolder, secondlook, startServer } from "../../test-support/server-process.ts";

vi.setConfig({ testTimeout: 240_000 });

test("a key is made, listed and revoked beside a running server, which refuses it at once", async () => {
  const folder = await makeFolder();
  const environment = { SECONDLOOK_DEMO: "0" };
  const key = (...args: readonly string[]): ReturnType<typeof secondlook> =>
    secondlook(["key", ...args], folder, environment);
  const server = await startServer(folder, environment);
  const look = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${server.url}/v1/cases/cas_none`, { headers })).status;
  };

  expect(await key("list")).toMatchObject({
    code: 0,
    stdout: "",
    output: "There is no ingest key yet; make one with `secondlook key add`.\n",
  });
  const made = await key("add", "shop", "--label", "nightly batch");
  expect(made).toMatchObject({
    code: 0,
    output: expect.stringMatching(
      /^This key \(key_\w{22}\) sends cases as shop\. It is not shown again:\n$/,
    ),
  });
  const token = made.stdout.trimEnd();
  expect(token).toMatch(/^slk_[\w-]{32}$/);
  expect(await look(token)).toBe(404);
  const second = (await key("add", "shop")).stdout.trimEnd();
  const list = (await key("list", "shop")).stdout;
  expect(list).toMatch(/^key_\w{22} {2}shop {2}good {2}never used {2}shop$/m);
  expect(list).toMatch(/^key_\w{22} {2}shop {2}good {2}used \d{4}-.*Z {2}nightly batch$/m);
  expect(list).not.toContain(token);

  expect(await key("revoke", "shop")).toMatchObject({
    code: 1,
    output: expect.stringMatching(
      /^“shop” has 2 keys; name one with --key, or give --all: key_.*nightly batch.*\.\n$/,
    ),
  });
  const keyId = /\((key_\w+)\)/.exec(made.output)?.[1] ?? "";
  expect(await key("revoke", "shop", "--key", keyId)).toMatchObject({
    code: 0,
    output: `${keyId} (nightly batch) was revoked; whoever sends with it is refused from now on.\n`,
  });
  expect([await look(token), await look(second)]).toEqual([401, 404]);
  expect((await key("revoke", "shop")).code).toBe(0);
  expect(await look(second)).toBe(401);
  expect(await key("revoke", "shop")).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^“shop” has no key that is good; .*\.\n$/),
  });
  expect(await key("add", "Our Shop")).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^A source's name is up to 64 small letters.*\.\n$/),
  });
  await server.stop();
  const kinds = (await eventsOf(folder)).map(({ kind }) => kind);
  const count = (kind: string): number => kinds.filter((each) => each === kind).length;
  expect([count("key.create"), count("key.revoke"), count("key.use")]).toEqual([2, 2, 2]);
});
