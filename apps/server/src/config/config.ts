import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isTimeZone } from "@secondlook/domain/insights/reporting-day";
import { z } from "zod";
import { standingIn } from "./standing-in.ts";
import { StopError } from "./stop-error.ts";

const CHECKOUT = fileURLToPath(new URL("../../../../", import.meta.url));
const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

const environmentSchema = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "is not a port number")
    .transform(Number)
    .refine((port) => port <= 65_535, "is above 65535")
    .default(4400),
  DATABASE_URL: z
    .string()
    .refine(
      (url) => URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol),
      "is not of the form postgres://user:password@host:5432/database",
    )
    .optional(),
  SECONDLOOK_DATA_DIR: z.string().min(1).optional(),
  SECONDLOOK_DEMO: z.enum(["0", "1"], "is neither 0 nor 1").default("1"),
  SECONDLOOK_DEMO_CASES: z
    .string()
    .regex(/^\d{1,4}$/, "is not a number of cases")
    .transform(Number)
    .optional(),
  SECONDLOOK_INGEST_KEY: z
    .string()
    .min(24, "is shorter than 24 characters")
    .max(200, "is longer than 200 characters")
    .optional(),
  SECONDLOOK_PUBLIC_URL: z
    .string()
    .refine(
      (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
      "is not an http or https address",
    )
    .optional(),
  SECONDLOOK_LOG_ORIGIN: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9./-]{0,199}$/,
      "has other signs than small letters, digits, dots, dashes and slashes; write it as audit.example.com/review",
    )
    .default("secondlook.local/review"),
  SECONDLOOK_TIME_ZONE: z
    .string()
    .refine(isTimeZone, "is not the name of a time zone; write it as Europe/Berlin or UTC")
    .default("UTC"),
  SECONDLOOK_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"], "is none of debug, info, warn, error")
    .default("info"),
});

/** Everything that can be set from outside, parsed once. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly demo: boolean;
  /** How many of the demo's cases are loaded; all of them where it is not set. */
  readonly demoCases: number | undefined;
  readonly ingestKey: string | undefined;
  readonly publicUrl: string | undefined;
  /** First line of every checkpoint: names this deployment's log. */
  readonly logOrigin: string;
  /** In which the days of figures are reckoned; another one has them built anew. */
  readonly timeZone: string;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/**
 * Reads the settings from environment variables. An empty one counts as not set.
 *
 * @throws StopError naming the first wrong setting and what it should be.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "a setting");
    throw new StopError(
      `${name} ${issue?.message ?? "is wrong"}; change it or leave it out, then start again.`,
    );
  }
  const settings = parsed.data;
  const demo = settings.SECONDLOOK_DEMO === "1";
  if (demo && !LOOPBACK.has(settings.HOST)) {
    throw new StopError(
      `Demo mode lets anybody sign in, so it runs on this machine only: set SECONDLOOK_DEMO=0, or leave HOST out (it is ${settings.HOST}).`,
    );
  }
  return {
    host: settings.HOST,
    port: settings.PORT,
    databaseUrl: settings.DATABASE_URL,
    dataDir:
      settings.SECONDLOOK_DATA_DIR === undefined
        ? join(CHECKOUT, ".data")
        : resolve(standingIn(environment), settings.SECONDLOOK_DATA_DIR),
    demo,
    demoCases: settings.SECONDLOOK_DEMO_CASES,
    ingestKey: settings.SECONDLOOK_INGEST_KEY,
    publicUrl: settings.SECONDLOOK_PUBLIC_URL,
    logOrigin: settings.SECONDLOOK_LOG_ORIGIN,
    timeZone: settings.SECONDLOOK_TIME_ZONE,
    logLevel: settings.SECONDLOOK_LOG_LEVEL,
  };
}
