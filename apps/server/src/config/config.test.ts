import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

const CHECKOUT = fileURLToPath(new URL("../../../../", import.meta.url));

describe("readConfig", () => {
  it("takes every default from an empty environment", () => {
    expect(readConfig({})).toMatchObject({
      host: "127.0.0.1",
      port: 4400,
      demo: true,
      databaseUrl: undefined,
    });
  });

  it("counts an empty variable as not set", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "" })).toMatchObject({
      port: 4400,
      databaseUrl: undefined,
    });
  });

  it.each([
    [{ PORT: "http" }, "PORT is not a port number"],
    [{ PORT: "70000" }, "PORT is above 65535"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL is not of the form"],
    [{ SECONDLOOK_DEMO: "yes" }, "SECONDLOOK_DEMO is neither 0 nor 1"],
    [{ SECONDLOOK_INGEST_KEY: "short" }, "SECONDLOOK_INGEST_KEY is shorter"],
    [{ SECONDLOOK_LOG_ORIGIN: "a b" }, "SECONDLOOK_LOG_ORIGIN has other signs"],
    [{ SECONDLOOK_LOG_LEVEL: "loud" }, "SECONDLOOK_LOG_LEVEL is none of"],
  ])("names the wrong setting in one sentence: %o", (environment, start) => {
    expect(() => readConfig(environment)).toThrowError(
      new RegExp(`^${start}.*then start again\\.$`),
    );
  });

  it("keeps data in the checkout unless told, and means a folder from where the person stands", () => {
    expect(readConfig({ INIT_CWD: "/home/rosa" }).dataDir).toBe(join(CHECKOUT, ".data"));
    const told = { SECONDLOOK_DATA_DIR: "here/data" };
    expect(readConfig({ ...told, INIT_CWD: "/home/rosa" }).dataDir).toBe("/home/rosa/here/data");
    expect(readConfig(told).dataDir).toBe(join(process.cwd(), "here/data"));
    expect(readConfig({ SECONDLOOK_DATA_DIR: "/srv/x", INIT_CWD: "/home" }).dataDir).toBe("/srv/x");
  });

  it("refuses demo mode on an address that others can reach", () => {
    expect(() => readConfig({ HOST: "0.0.0.0" })).toThrowError(/SECONDLOOK_DEMO=0/);
    expect(readConfig({ HOST: "0.0.0.0", SECONDLOOK_DEMO: "0" }).demo).toBe(false);
  });
});
