import type { EventKind } from "@secondlook/audit/event";
import { can, type Permission } from "@secondlook/domain/access/roles";
import { initTRPC, TRPCError } from "@trpc/server";
import type { Context, Staff } from "./context.ts";
import { Refusal } from "./refusal.ts";

/** What every procedure declares: who may call it, and which event an allowed call leaves. */
export interface ProcedureMeta {
  readonly permission: Permission;
  readonly records: readonly EventKind[] | { readonly none: string };
}

const CODE = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
} as const satisfies Record<Refusal["status"], TRPCError["code"]>;

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    // The same router answers in a service worker in mock mode.
    allowOutsideOfServer: true,
    isDev: false,
    errorFormatter({ shape, error, ctx }) {
      const refusal = error.cause instanceof Refusal ? error.cause : undefined;
      return {
        code: shape.code,
        message: messageOf(error, refusal),
        data: {
          code: error.code,
          httpStatus: shape.data.httpStatus,
          refusal:
            refusal?.code ?? (error.code === "BAD_REQUEST" ? ("invalid_input" as const) : null),
          requestId: ctx?.requestId ?? null,
        },
      };
    },
  });

function messageOf(error: TRPCError, refusal: Refusal | undefined): string {
  if (refusal !== undefined) return refusal.message;
  if (error.code === "BAD_REQUEST")
    return "The request is not of the form that this procedure takes.";
  if (error.code === "NOT_FOUND") return "There is no such procedure.";
  if (error.code === "METHOD_NOT_SUPPORTED")
    return "Call queries with GET and mutations with POST.";
  if (error.code === "UNSUPPORTED_MEDIA_TYPE") return "Send the body as application/json.";
  return "Something went wrong on our side. Nothing was changed; try again.";
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Signs the caller's right, and counts refusals into the log. */
const authorize = t.middleware(async ({ ctx, meta, next, path }) => {
  if (meta === undefined) throw new Error(`${path} declares neither a permission nor a record`);
  const access = can(ctx.staff?.role ?? "nobody", meta.permission);
  if (access.allowed) return next();
  if (ctx.staff === null) throw refusalError(new Refusal("signed_out", access.reason));
  await ctx.deps.denials.record(ctx, path);
  throw refusalError(new Refusal("forbidden", access.reason));
});

/** Turns a refusal of a use case into tRPC's error, in one place. */
const mapRefusals = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof Refusal) throw refusalError(result.error.cause);
  return result;
});

/** Holds back the answer of a procedure that declares a record and left none. */
const requireRecord = t.middleware(async ({ ctx, meta, next, path }) => {
  const result = await next();
  if (!result.ok || meta === undefined || "none" in meta.records) return result;
  if (!meta.records.some((kind) => ctx.recorder.committed.has(kind))) {
    ctx.deps.log.error(
      { path, request: ctx.requestId },
      "an answer without its record was held back",
    );
    throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "nothing was recorded" });
  }
  return result;
});

function refusalError(refusal: Refusal): TRPCError {
  return new TRPCError({ code: CODE[refusal.status], message: refusal.message, cause: refusal });
}

/** The base of every procedure: `.meta({ permission, records })` is mandatory. */
export const openProcedure = t.procedure.use(mapRefusals).use(authorize).use(requireRecord);

/** As `openProcedure`, for those who are signed in: `ctx.staff` is there. */
export const procedure = openProcedure.use(({ ctx, next }) => {
  const staff: Staff | null = ctx.staff;
  if (staff === null) throw refusalError(new Refusal("signed_out", "Sign in first."));
  return next({ ctx: { ...ctx, staff } });
});
