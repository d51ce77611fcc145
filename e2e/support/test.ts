import { type BrowserContext, expect, type Page, test as base } from "@playwright/test";
import type { Product } from "@secondlook/testkit/product/start-product";

/** What a browser complained of on a page: none of it may happen anywhere. */
interface Noise {
  readonly complaints: string[];
  /** Complaints that a test brings about on purpose, such as a lost connection. */
  allow(pattern: RegExp): void;
}

/** A browser of somebody's own, signed in. */
export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly noise: Noise;
}

interface SeatOptions {
  readonly theme?: "dark" | "light";
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The evidence stays covered, as it is for somebody new. */
  readonly covered?: boolean;
  /** Where to go once signed in; `null` stays signed out. */
  readonly path?: string | null;
}

export type Seats = (product: Product, handle: string, options?: SeatOptions) => Promise<Seat>;

/** Answers that the screens take care of, but that browsers report for every failed request. */
const REPORTED_ANSWERS =
  /Failed to load resource: the server responded with a status of (401|403|404|409)/;

/** Reading pixels back for a screenshot is slow where WebGL draws, and Chromium says so. */
const READING_BACK = /GPU stall due to ReadPixels/;

/**
 * The tests' `test`: `seat` opens a browser of its own for an account. When the test ends, no page
 * may have reported an error, an unhandled rejection or a violation of the content policy.
 */
export const test = base.extend<{ seat: Seats }>({
  seat: async ({ browser }, provide) => {
    const seats: Seat[] = [];
    await provide(async (product, handle, options = {}) => {
      const seat = await openSeat(browser, product, handle, options);
      seats.push(seat);
      return seat;
    });
    const complaints = seats.flatMap((seat) => seat.noise.complaints);
    await Promise.all(seats.map((seat) => seat.context.close()));
    expect(complaints, "what browsers complained of").toEqual([]);
  },
});

export { expect };

async function openSeat(
  browser: { newContext: (options: object) => Promise<BrowserContext> },
  product: Product,
  handle: string,
  options: SeatOptions,
): Promise<Seat> {
  const { theme = "dark", covered = false, path = "/" } = options;
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: options.viewport ?? { width: 1440, height: 900 },
    storageState: {
      cookies: [],
      origins: [
        {
          origin: product.url,
          localStorage: [
            { name: "secondlook-theme", value: theme },
            ...(covered ? [] : [{ name: "secondlook-evidence-uncovered", value: "always" }]),
          ],
        },
      ],
    },
  });
  const noise = listen(context);
  if (path !== null) await signIn(context, handle);
  const page = await context.newPage();
  if (path !== null) await page.goto(path);
  return { page, context, noise };
}

/** Signs the browser in as a demo account, without the screen for it. */
async function signIn(context: BrowserContext, handle: string): Promise<void> {
  const answer = await context.request.post("/auth/demo", { data: { account: handle } });
  expect(answer.ok(), `signing in as ${handle}`).toBe(true);
}

/** Notes what the browser complains of from now on. */
export function listen(context: BrowserContext): Noise {
  const complaints: string[] = [];
  const allowed = [REPORTED_ANSWERS, READING_BACK];
  const complain = (text: string): void => {
    if (!allowed.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  // Violations of the content policy come as console errors, too.
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complain(`${message.type()}: ${message.text()}`);
    }
  });
  context.on("weberror", (error) => complain(`uncaught: ${String(error.error())}`));
  return { complaints, allow: (pattern) => void allowed.push(pattern) };
}
