import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import type { PolicySettings } from "@secondlook/domain/policy/policy";
import {
  type CaseBody,
  caseBody,
  caseForm,
  plainFiles,
} from "@secondlook/testkit/api/case-payload";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { z } from "zod";

export type Message = "matcher-runs" | "evidence" | "withdrawal";

/** What a message about a case got. */
export interface MessageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly effect: string | undefined;
  /** Of a refusal. */
  readonly pointers: readonly string[];
  readonly detail: string | undefined;
}

const answerSchema = z.looseObject({
  effect: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string() })).optional(),
});

let sent = 0;

/** An app in which a candidate may be sealed at once. */
export function openApp(settings: Partial<PolicySettings> = {}): Promise<TestApp> {
  const base = { ...POLICY_V1.base, minimumViewSeconds: 0, ...settings };
  return createTestApp({ policy: { ...POLICY_V1, base } });
}

/** Takes a case and gives its id. */
export async function takeCase(
  app: TestApp,
  externalId: string,
  change: Partial<CaseBody> = {},
): Promise<string> {
  const body = caseBody({ externalId, change });
  const response = await app.sendCase(body, plainFiles(body));
  const answer: unknown = await response.json();
  if (response.status !== 201) throw new Error(`not taken: ${JSON.stringify(answer)}`);
  return z.object({ caseId: z.string() }).parse(answer).caseId;
}

/** Sends a message about a case; under a new Idempotency-Key unless one is given. */
export async function sendMessage(
  app: TestApp,
  caseId: string,
  message: Message,
  body: object | string,
  options: {
    readonly idempotencyKey?: string | null;
    readonly key?: string;
    readonly files?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  } = {},
): Promise<MessageAnswer> {
  sent += 1;
  const { idempotencyKey = `message-${sent}`, key = app.source.key, files } = options;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = new Headers({ authorization: `Bearer ${key}` });
  if (idempotencyKey !== null) headers.set("idempotency-key", idempotencyKey);
  if (files === undefined) headers.set("content-type", "application/json");
  const response = await app.nobody.fetch(`/v1/cases/${caseId}/${message}`, {
    method: "POST",
    headers,
    body: files === undefined ? text : caseForm(text, files),
  });
  const answer: unknown = await response.json();
  const parsed = answerSchema.parse(answer);
  return {
    status: response.status,
    headers: response.headers,
    body: answer,
    effect: parsed.effect,
    pointers: parsed.errors?.map(({ pointer }) => pointer) ?? [],
    detail: parsed.detail,
  };
}

/** A further matcher run, with candidates of these accounts, and the files that go with it. */
export function runBody(accounts: readonly string[], similarity = 98.5) {
  const whole = caseBody({ externalId: "run", similarities: accounts.map(() => similarity) });
  const candidates = whole.candidates.map((candidate, index) => ({
    ...candidate,
    subject: { ...candidate.subject, externalId: accounts[index] ?? "" },
  }));
  const matcher = { ...whole.matcher, modelVersion: "8.0", recommendation: "different_person" };
  const files = plainFiles({ ...whole, evidence: [], candidates });
  return { body: { matcher, candidates }, files };
}

/** New captures: of the probe (its account) and of candidates, with their files. */
export function evidenceBody(of: {
  readonly probe?: string;
  readonly candidates?: readonly string[];
}) {
  const { probe, candidates = [] } = of;
  const whole = caseBody({ externalId: "again", similarities: candidates.map(() => 99) });
  const recaptured = whole.candidates.map(({ subject, capture, evidence }, index) => ({
    subject: { ...subject, externalId: candidates[index] ?? "" },
    capture,
    evidence,
  }));
  const { subject, capture, evidence } = whole;
  const own =
    probe === undefined ? {} : { subject: { ...subject, externalId: probe }, capture, evidence };
  const files = plainFiles({
    ...whole,
    evidence: probe === undefined ? [] : evidence,
    candidates: whole.candidates,
  });
  return { body: { ...own, candidates: recaptured }, files };
}

/** The state of a case as its source reads it. */
export async function stateOf(app: TestApp, caseId: string): Promise<Record<string, unknown>> {
  const response = await app.nobody.fetch(`/v1/cases/${caseId}`, {
    headers: { authorization: `Bearer ${app.source.key}` },
  });
  return z.looseObject({}).parse(await response.json());
}

/** Stage, cycle and rounds of a case behind the API. */
export async function courseOf(app: TestApp, caseId: string): Promise<unknown> {
  const { rows } = await app.superuser.query(
    `select c.stage, c.cycle, c.policy_version as policy,
       (select json_agg(r.cycle || ' ' || r.round || ' ' || r.state || case when r.holder is null then '' else ' held' end
                        order by r.cycle, r.stage_rank desc) from app.round r where r.case_id = c.id) as rounds
     from app.review_case c where c.id = $1`,
    [caseId],
  );
  return rows[0];
}
