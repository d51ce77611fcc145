import type { RecordInTransaction } from "@secondlook/api/recorder";
import type { Deps } from "@secondlook/api/deps";
import { addLink } from "@secondlook/db/staff/add-staff";
import type { Database } from "@secondlook/db/database";
import { type Id, newId } from "@secondlook/domain/ids";
import type { Config } from "../config/config.ts";
import { serverAddress } from "./server-address.ts";

const LINK_HOURS = 24;

/** Makes a link that signs a person in once, within a day, and records it; gives its address. */
export async function makeSignInLink(
  { deps, config }: { readonly deps: Deps; readonly config: Config },
  tx: Database,
  record: RecordInTransaction,
  staffId: Id<"actor">,
): Promise<string> {
  const id = newId("link", deps.random);
  const token = Buffer.from(deps.random(32)).toString("base64url");
  const tokenHash = await deps.vault.keyedHash("token", token);
  await addLink(tx, { id, staffId, tokenHash, minutes: LINK_HOURS * 60 });
  await record({ kind: "people.link", outcome: "allowed", user: staffId, link: id });
  const base = config.publicUrl ?? serverAddress(config);
  return `${new URL("/link", base).href}?token=${token}`;
}

/** The link stands alone on standard output, so that scripts can take it from there. */
export function printSignInLink(link: string): void {
  process.stdout.write(`${link}\n`);
}
