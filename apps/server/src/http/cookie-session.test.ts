import { expect, test } from "vitest";
import { createCookieSession } from "./cookie-session.ts";

const TOKEN = "a".repeat(43);
const LATER = new Date("2026-11-02T21:00:00Z");

function written(secure: boolean, token: string | null): string {
  const headers = new Headers();
  createCookieSession({ secure }).write(headers, token, LATER);
  return headers.get("set-cookie") ?? "";
}

function read(secure: boolean, cookie: string): string | undefined {
  return createCookieSession({ secure }).read(new Request("http://here/", { headers: { cookie } }));
}

test("scripts can't read the cookie, other sites don't send it, and it ends with the session", () => {
  expect(written(false, TOKEN).split("; ")).toEqual([
    `secondlook_session=${TOKEN}`,
    "Expires=Mon, 02 Nov 2026 21:00:00 GMT",
    "Path=/",
    "HttpOnly",
    "SameSite=Lax",
  ]);
});

test("over TLS it is Secure and bound to this host", () => {
  expect(written(true, TOKEN)).toMatch(/^__Host-secondlook_session=/);
  expect(written(true, TOKEN).split("; ")).toContain("Secure");
  // The prefix asks for these.
  expect(written(true, TOKEN).split("; ")).toContain("Path=/");
  expect(written(true, TOKEN)).not.toMatch(/domain=/i);
});

test("ending a session takes the cookie away, with the same flags", () => {
  expect(written(false, null)).toMatch(/^secondlook_session=; Max-Age=0; Path=\/; HttpOnly/);
  expect(written(true, null)).toMatch(/^__Host-secondlook_session=; .*Secure$/);
});

test("what was written is read again among other cookies", () => {
  expect(read(false, `theme=dark; secondlook_session=${TOKEN}; x=1`)).toBe(TOKEN);
  expect(read(true, `__Host-secondlook_session=${TOKEN}`)).toBe(TOKEN);
});

test("over TLS a cookie that was not bound to this host is no session", () => {
  expect(read(true, `secondlook_session=${TOKEN}`)).toBeUndefined();
});

test.each([
  "",
  "secondlook_session",
  "secondlook_session=",
  `secondlook_session=${TOKEN}x`,
  `secondlook_session=${"é".repeat(43)}`,
  `xsecondlook_session=${TOKEN}`,
])("%s is no session", (cookie) => {
  expect(read(false, encodeURI(cookie))).toBeUndefined();
});
