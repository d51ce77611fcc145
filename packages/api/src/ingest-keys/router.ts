import { listIngestKeys } from "@secondlook/db/ingest/keys";
import { Refusal } from "../core/refusal.ts";
import { procedure, router } from "../core/trpc.ts";
import {
  createKeyInput,
  createKeyOutput,
  listKeysOutput,
  revokeKeyInput,
} from "../schemas/ingest-keys.ts";
import { doneOutput } from "../schemas/queue.ts";
import { makeIngestKey } from "./make-key.ts";
import { revokeKey } from "./revoke-key.ts";

/** Every key, good ones first. */
const list = procedure
  .meta({
    permission: "keys.manage",
    records: { none: "names of upstream systems and of their keys, nothing about a person" },
  })
  .output(listKeysOutput)
  .query(async ({ ctx }) => ({
    keys: (await listIngestKeys(ctx.deps.db)).map((key) => ({
      keyId: key.keyId,
      source: key.source,
      label: key.label,
      createdAt: key.createdAt.toISOString(),
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
    })),
  }));

/** Makes a key, which this answer alone holds. */
const create = procedure
  .meta({ permission: "keys.manage", records: ["key.create"] })
  .input(createKeyInput)
  .output(createKeyOutput)
  .mutation(({ ctx, input }) => makeIngestKey(ctx.deps, ctx.recorder, input));

/** Takes a key back. */
const revoke = procedure
  .meta({ permission: "keys.manage", records: ["key.revoke"] })
  .input(revokeKeyInput)
  .output(doneOutput)
  .mutation(async ({ ctx, input }) => {
    if (await revokeKey(ctx.recorder, input.keyId)) return { done: true as const };
    throw new Refusal("conflict", "This key was revoked already. Reload the list.");
  });

export const ingestKeysRouter = router({ list, create, revoke });
