import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

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
    [{ SECONDLOOK_LOG_ORIGIN: "a b" }, "SECONDLOOK_LOG_ORIGIN has a space"],
    [{ SECONDLOOK_LOG_LEVEL: "loud" }, "SECONDLOOK_LOG_LEVEL is none of"],
  ])("names the wrong setting in one sentence: %o", (environment, start) => {
    expect(() => readConfig(environment)).toThrowError(
      new RegExp(`^${start}.*then start again\\.$`),
    );
  });

  it("refuses demo mode on an address that others can reach", () => {
    expect(() => readConfig({ HOST: "0.0.0.0" })).toThrowError(/SECONDLOOK_DEMO=0/);
    expect(readConfig({ HOST: "0.0.0.0", SECONDLOOK_DEMO: "0" }).demo).toBe(false);
  });
});
