import { readFile } from "node:fs/promises";
import { join } from "node:path";
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

/** Calls a procedure; gives status and data. */
export async function call(
  url: string,
  procedure: string,
  cookie: string,
  input?: unknown,
): Promise<{ status: number; data: unknown }> {
  const response = await fetch(`${url}/trpc/${procedure}`, {
    method: input === undefined ? "GET" : "POST",
    headers: { cookie, origin: url, "content-type": "application/json" },
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  });
  return { status: response.status, data: await response.json() };
}
