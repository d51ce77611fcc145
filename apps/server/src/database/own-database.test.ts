import pg from "pg";
import { describe, expect, it } from "vitest";
import { connectionFault } from "./connection-fault.ts";
import { asRole } from "./own-database.ts";

/** As the driver understands it. */
function understood(url: string): { user: string | undefined; password: unknown; host: string } {
  const { user, password, host } = new pg.Client({ connectionString: url });
  return { user, password, host };
}

describe("asRole", () => {
  it.each([
    ["postgres://owner:secret@db.example:5433/secondlook?sslmode=disable", "db.example"],
    ["postgres://owner@localhost/secondlook?host=/var/run/postgresql", "/var/run/postgresql"],
    // There is no place for a user before an empty host.
    ["postgres:///secondlook?host=/var/run/postgresql", "/var/run/postgresql"],
    [
      "postgres://x/secondlook?user=owner&password=secret&host=/var/run/postgresql",
      "/var/run/postgresql",
    ],
    ["postgresql://o%3Aw:p%40ss@[::1]/secondlook", "::1"],
  ])("%s logs in as the role and never as the owner", (url, host) => {
    const changed = asRole(url, "secondlook_app", "a-B_9");
    expect(understood(changed)).toEqual({ user: "secondlook_app", password: "a-B_9", host });
    expect(changed).not.toMatch(/owner|secret|p%40ss/);
  });
});

describe("connectionFault", () => {
  const coded = (code: string, message = "words"): Error =>
    Object.assign(new Error(message), { code });

  it("says what to do", () => {
    expect(connectionFault(coded("28P01"))).toMatch(/refuses the password; correct/);
    expect(connectionFault(coded("3D000"))).toMatch(/createdb/);
    expect(connectionFault(coded("42501", "permission denied to create role"))).toMatch(
      /createrole\): permission denied to create role$/,
    );
  });

  it("has an answer where a name leads to two addresses and both refuse, which has no message", () => {
    const refused = new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")], "");
    expect(connectionFault(Object.assign(refused, { code: "ECONNREFUSED" }))).toMatch(
      /nothing listens there/,
    );
  });

  it("tells the first line of what it doesn't know, as part of a sentence", () => {
    expect(connectionFault(new Error("The server does not support SSL.\n at x"))).toBe(
      "The server does not support SSL; correct DATABASE_URL or the server",
    );
  });
});
