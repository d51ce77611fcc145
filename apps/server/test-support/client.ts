import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, createBrowser } from "@secondlook/testkit/api/browser";
import { type CaseBody, caseBody, caseForm } from "@secondlook/testkit/api/case-payload";
import { realFiles } from "@secondlook/testkit/api/real-files";

/** The key that a demo server has written into its data folder. */
export async function demoKey(folder: string): Promise<string> {
  return (await readFile(join(folder, "data/ingest-key"), "utf8")).trim();
}

/** Sends a case of real files; gives the answer's status. */
export async function sendCase(
  url: string,
  key: string,
  externalId: string,
  body: CaseBody = caseBody({ externalId }),
): Promise<number> {
  const response = await fetch(`${url}/v1/cases`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: caseForm(body, await realFiles(body)),
  });
  await response.arrayBuffer();
  return response.status;
}

/** Signs a demo account in; gives its cookie. */
export async function signIn(url: string, account: string): Promise<string> {
  const response = await fetch(`${url}/auth/demo`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account }),
  });
  if (!response.ok) throw new Error(`signing in gave ${response.status}`);
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** A browser of the testkit on a real server, signed in with this cookie. */
export function browserOf(url: string, cookie: string): Browser {
  return createBrowser({
    fetch: (request) => {
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      headers.set("cookie", cookie);
      headers.set("origin", url);
      const { method, body } = request;
      return fetch(new URL(pathname + search, url), {
        method,
        headers,
        ...(body === null ? {} : { body, duplex: "half" }),
      });
    },
  });
}
