import type { EventBody } from "@secondlook/audit/event";
import { recordPageVisits } from "@secondlook/db/cases/page-visit";
import { findAccount } from "@secondlook/db/staff/find-account";
import { staffNames } from "@secondlook/db/staff/names";
import { isId } from "@secondlook/domain/ids";
import type { z } from "zod";
import type { Deps } from "../core/deps.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { auditQueryInput, auditQueryOutput } from "../schemas/audit.ts";
import { AUDIT_PAGE, readEntries } from "./read-entries.ts";

type Asked = z.output<typeof auditQueryInput>;

/**
 * A page of the log, newest first. That it is read stands in the log before it is read: one event a
 * page. What the log tells of a case tells what others did with it, so the asker judges it no more.
 */
export const query = procedure
  .meta({ permission: "audit.read", records: ["audit.query"] })
  .input(auditQueryInput)
  .output(auditQueryOutput)
  .mutation(async ({ ctx, input }) => {
    const { deps, staff } = ctx;
    const { kind, caseId, subjectId, from, to, cursor } = input;
    const actor = await actorOf(deps, input.who);
    await ctx.recorder.read([eventOf(input, actor)]);
    const filter = { kind, actor, caseId, subjectId, from, to };
    const { rows, nextCursor } = await readEntries(deps.reader, filter, cursor);
    await recordPageVisits(deps.db, {
      caseIds: rows.flatMap((row) => (row.caseId === null ? [] : [row.caseId])),
      staffId: staff.id,
    });
    const names = await staffNames(
      deps.db,
      rows.map((row) => row.actor),
    );
    return {
      rows: rows.map(({ at, ...row }) => ({
        ...row,
        at: at.toISOString(),
        name: names.get(row.actor) ?? null,
      })),
      page: cursor?.page ?? 1,
      nextCursor,
    };
  });

async function actorOf(deps: Deps, who: string | null): Promise<string | null> {
  if (who === null || /^(?:usr|sys|src)_[0-9A-Za-z]{1,26}$/.test(who)) return who;
  const known = await findAccount(deps.db, who);
  if (known !== undefined) return known;
  throw new Refusal(
    "invalid_input",
    "No account is called that. Write its name whole, or an id that begins with usr_, sys_ or src_.",
  );
}

/** Which filters, with their values where those are codes, days or ids. */
function eventOf(asked: Asked, actor: string | null): EventBody<"audit.query"> {
  const { purpose, kind, caseId, subjectId, from, to, cursor } = asked;
  const by = [
    ...(kind === null ? [] : [/^[a-z][a-z0-9_.]{0,50}$/.test(kind) ? `kind.${kind}` : "kind"]),
    ...(actor === null ? [] : ["who"]),
    ...(caseId === null ? [] : ["case"]),
    ...(subjectId === null ? [] : ["subject"]),
    ...(from === null ? [] : [`from.${from.replaceAll("-", "")}`]),
    ...(to === null ? [] : [`to.${to.replaceAll("-", "")}`]),
  ];
  return {
    kind: "audit.query",
    outcome: "allowed",
    purpose: { code: purpose },
    fields: by.length === 0 ? ["all"] : by,
    page: cursor?.page ?? 1,
    count: AUDIT_PAGE,
    ...(cursor === null ? {} : { to: cursor.before }),
    ...(caseId === null ? {} : { case: caseId }),
    ...(subjectId === null ? {} : { subject: subjectId }),
    ...(actor !== null && isId("actor", actor) ? { user: actor } : {}),
  };
}
