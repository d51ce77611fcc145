import type { Vault } from "@secondlook/vault/vault";
import pg from "pg";
import { StopError } from "../config/stop-error.ts";
import { connectionFault } from "./connection-fault.ts";
import {
  LOGIN_ROLES,
  type LoginRole,
  loginPassword,
  prepareLogins,
  refuseForeignLogins,
} from "./logins.ts";
import type { OpenDatabase } from "./opened-database.ts";
import { withClient } from "./with-client.ts";

const OLDEST = 150_000;

/**
 * Opens the database of a DATABASE_URL, whose user owns it and may create roles.
 *
 * @param vault where the log-ins' passwords come from; without it everything is done as the owner
 * @param prepare what the owner does to it: migrations and checks
 * @throws StopError with one sentence that says what to do.
 */
export async function openOwnDatabase(
  databaseUrl: string,
  vault: Vault | undefined,
  prepare: (owner: pg.Client) => Promise<void>,
): Promise<OpenDatabase> {
  const url = new URL(databaseUrl);
  const where = url.searchParams.get("host") ?? (url.host || "its socket");
  const owner: pg.ClientConfig = { connectionString: databaseUrl };
  const passwords = new Map<LoginRole, string>();
  if (vault !== undefined) {
    for (const role of LOGIN_ROLES) passwords.set(role, await loginPassword(vault, role));
  }
  const login = (role: LoginRole): pg.ClientConfig => {
    const password = passwords.get(role);
    return password === undefined
      ? owner
      : { connectionString: asRole(databaseUrl, role, password) };
  };

  const version = await withClient(owner, async (client) => {
    const found = await readVersion(client);
    if (found.number < OLDEST) {
      throw new StopError(
        `The Postgres of DATABASE_URL (${where}) is version ${found.text}; Secondlook needs 15 or later, so update it or leave DATABASE_URL out.`,
      );
    }
    if (vault !== undefined) await refuseForeignLogins(client, vault);
    await prepare(client);
    if (vault !== undefined) await prepareLogins(client, vault, (role) => opens(login(role)));
    return found.text;
  }).catch((error: unknown) => {
    if (error instanceof StopError) throw error;
    throw new StopError(
      `The database of DATABASE_URL (${where}) can't be used: ${connectionFault(error)}.`,
      { cause: error },
    );
  });
  return {
    description: `Postgres ${version} at ${where}`,
    connection: (role) => (role === "owner" ? owner : login(role)),
    ended: new Promise(() => undefined),
    close: async () => undefined,
  };
}

/**
 * The same address for another role. User and password stand in the query, which is read before the
 * rest: an address without a host (`postgres:///name?host=/socket`) can hold them nowhere else.
 */
export function asRole(databaseUrl: string, role: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = "";
  url.password = "";
  url.searchParams.set("user", role);
  url.searchParams.set("password", password);
  return url.href;
}

async function readVersion(client: pg.Client): Promise<{ number: number; text: string }> {
  const { rows } = await client.query<{ number: number; text: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as text",
  );
  return rows[0] ?? { number: 0, text: "unknown" };
}

/** Whether this log-in works. Throws where that can't be told. */
async function opens(connection: pg.ClientConfig): Promise<boolean> {
  try {
    await withClient(connection, async (client) => client.query("select 1"));
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && (error.code ?? "").startsWith("28")) return false;
    throw error;
  }
}
