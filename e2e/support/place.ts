import { type Browser, expect, type Locator, type Page, type Request } from "@playwright/test";
import type { PolicySettings } from "@secondlook/domain/policy/policy";
import type { PageHandle } from "@secondlook/mock-api/in-page";
import { openDatabase, type ProductDatabase } from "@secondlook/testkit/product/product-database";
import { type Product, startProduct } from "@secondlook/testkit/product/start-product";
import type { MockServer } from "./mock-server.ts";
import { caseOf, type SentCase, sendCase, stateSchema, upstreamView } from "./upstream.ts";
import { listen, type Seats } from "./test.ts";

declare global {
  /** Left there by mock mode's entry. */
  var secondlookMock: PageHandle;
}

/** Where people work: the built product, or mock mode. Journeys know no more of either. */
export interface Place {
  send(sent: SentCase): Promise<string>;
  upstream(caseId: string): Promise<{ readonly stage: string; readonly outcome: string | null }>;
  /** Other rules, for cases that nobody began; what is not named is as for every journey. */
  changePolicy(change: Partial<PolicySettings>): Promise<void>;
  /** Lets the lease on the case that an account works on end now. */
  endLease(handle: string): Promise<void>;
  /**
   * Somebody sits down to review; whoever sat there before is done. `prepare` has the page before
   * the first case is asked for.
   */
  sit(handle: string, prepare?: (page: Page) => Promise<void> | void): Promise<Page>;
  /** A new page in place of this one, or where that would begin a new world, the screen anew. */
  reopen(page: Page): Promise<void>;
  /** What the database holds, read as its superuser. */
  rows(statement: string): Promise<readonly Record<string, unknown>[]>;
}

/** What holds for every journey, so that none waits for time to pass. */
const RULES: Partial<PolicySettings> = {
  minimumViewSeconds: 0,
  undoSeconds: 0,
  heartbeatSeconds: 5,
};

/** The built product with its rules, for all journeys of a file. */
export interface Served {
  readonly product: Product;
  readonly database: ProductDatabase;
}

export async function serveProduct(): Promise<Served> {
  const product = await startProduct();
  return { product, database: await openDatabase(product) };
}

/** The product with nothing waiting, and a browser for each person. */
export async function productPlace({ product, database }: Served, seat: Seats): Promise<Place> {
  await database.rows("update app.round set state = 'closed', holder = null, lease_kind = null");
  await database.changePolicy(RULES);
  return {
    send: (sent) => sendCase(product, sent),
    upstream: (caseId) => upstreamView(product, caseId),
    changePolicy: (change) => database.changePolicy({ ...RULES, ...change }),
    endLease: (handle) => database.expireLease(handle),
    async sit(handle, prepare) {
      const { page } = await seat(product, handle, { path: prepare ? "/cases" : "/review" });
      if (prepare === undefined) return page;
      await prepare(page);
      await page.goto("/review");
      return page;
    },
    reopen: async (page) => void (await page.reload()),
    rows: (statement) => database.rows(statement),
  };
}

/** Mock mode in one page. Its world is the page's own, so people take turns at it. */
export async function mockPlace(
  { url }: MockServer,
  browser: Browser,
): Promise<Place & { readonly complaints: readonly string[]; close(): Promise<void> }> {
  const uncovered = { name: "secondlook-evidence-uncovered", value: "always" };
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    storageState: { cookies: [], origins: [{ origin: url, localStorage: [uncovered] }] },
  });
  const { complaints } = listen(context);
  const page = await context.newPage();
  await page.goto("/?scenario=bare");
  await page.locator("[data-mock-state=ready]").waitFor({ timeout: 60_000 });
  const changePolicy = (change: Partial<PolicySettings>): Promise<void> =>
    page.evaluate((rules) => globalThis.secondlookMock.changePolicy(rules), {
      ...RULES,
      ...change,
    });
  await changePolicy({});
  const settled = whenSettled(page);
  let seated: string | undefined;
  const follow = async (link: Locator): Promise<void> => {
    await link.click();
    // Enter is for the case, not for the link once more.
    await link.evaluate((element) => (element instanceof HTMLElement ? element.blur() : null));
  };
  return {
    async send(sent) {
      const { body, files } = await caseOf(sent);
      const names = Object.fromEntries(
        [...files].map(([ref, { name }]) => {
          if (name === undefined) throw new Error(`Mock mode does not know the file ${ref}.`);
          return [ref, name] as const;
        }),
      );
      return page.evaluate((given) => globalThis.secondlookMock.sendCase(given.body, given.names), {
        body,
        names,
      });
    },
    async upstream(caseId) {
      const answer = await page.evaluate((id) => globalThis.secondlookMock.readCase(id), caseId);
      const { stage, decision } = stateSchema.parse(answer);
      return { stage, outcome: decision?.outcome ?? null };
    },
    changePolicy,
    endLease: (handle) =>
      page.evaluate((account) => globalThis.secondlookMock.endLease(account), handle),
    async sit(handle, prepare) {
      if (seated !== undefined) {
        await settled();
        await page.evaluate(() => globalThis.secondlookMock.signOut());
        // The next thing asked for tells the screen: a look for a case, or a heartbeat.
        await page.keyboard.press("Enter");
      }
      seated = handle;
      const button = page.getByRole("button", { name: handle });
      await button.waitFor();
      await prepare?.(page);
      await button.click();
      await follow(page.getByRole("link", { name: "Review" }));
      return page;
    },
    async reopen() {
      await settled();
      await follow(page.getByRole("link", { name: "Me", exact: true }));
      await page.waitForURL("**/me");
      await follow(page.getByRole("link", { name: "Review" }));
    },
    rows: (statement) => page.evaluate((asked) => globalThis.secondlookMock.rows(asked), statement),
    complaints,
    close: () => context.close(),
  };
}

/**
 * Waits until no call of the page has been under way for a moment. In one page a call that is still
 * on its way when the next person signs in would be answered as theirs.
 */
function whenSettled(page: Page): () => Promise<void> {
  const pending = new Set<Request>();
  let changedAt = Date.now();
  const begin = (request: Request): void => {
    if (!new URL(request.url()).pathname.startsWith("/trpc/")) return;
    pending.add(request);
    changedAt = Date.now();
  };
  const end = (request: Request): void => {
    if (pending.delete(request)) changedAt = Date.now();
  };
  page.on("request", begin).on("requestfinished", end).on("requestfailed", end);
  return () =>
    expect
      .poll(() => pending.size === 0 && Date.now() - changedAt > 400, { intervals: [100] })
      .toBe(true);
}
