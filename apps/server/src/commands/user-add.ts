import { createRecorder } from "@secondlook/api/recorder";
import { addStaff } from "@secondlook/db/staff/add-staff";
import { STAFF_ROLES, type StaffRole } from "@secondlook/domain/access/roles";
import { newId } from "@secondlook/domain/ids";
import { readConfig } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import { makeSignInLink, printSignInLink } from "./sign-in-link.ts";
import { withDeps } from "./with-deps.ts";

/** `secondlook user add`: adds a person and prints a link that signs them in once, for a day. */
export async function userAdd(
  handle: string,
  options: {
    readonly role: string;
    readonly name?: string;
    readonly regions?: string;
    readonly languages?: string;
    readonly skills: string;
  },
  say: (line: string) => void,
): Promise<number> {
  const role = STAFF_ROLES.find((each): each is StaffRole => each === options.role);
  if (role === undefined)
    throw new StopError(
      `There is no role “${options.role}”; use one of ${STAFF_ROLES.join(", ")}.`,
    );
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(handle)) {
    throw new StopError("A handle is up to 64 small letters, digits, dots, dashes or underscores.");
  }
  const config = readConfig(process.env);
  return withDeps(config, async (deps) => {
    const id = newId("actor", deps.random);
    const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
    const link = await recorder.transaction(async (tx, record) => {
      const added = await addStaff(tx, {
        id,
        handle,
        displayName: options.name ?? handle,
        role,
        regions: listOf(options.regions),
        languages: listOf(options.languages),
        skills: listOf(options.skills) ?? [],
      });
      if (!added) throw new StopError(`“${handle}” exists already; choose another handle.`);
      await record({ kind: "people.add", outcome: "allowed", user: id, role });
      return makeSignInLink({ deps, config }, tx, record, id);
    });
    say(`${handle} (${role}) was added. This link signs in once, within 24 hours:`);
    printSignInLink(link);
    return 0;
  });
}

function listOf(text: string | undefined): readonly string[] | null {
  const items = (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
  return items.length === 0 ? null : items;
}
