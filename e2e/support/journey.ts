import { type MockServer, startMockServer } from "./mock-server.ts";
import { mockPlace, type Place, productPlace, type Served, serveProduct } from "./place.ts";
import { expect, test as seated } from "./test.ts";

type Host = Served | MockServer;

/** A test that runs on the built product and on mock mode, by Playwright's project. */
export const journey = seated.extend<{ place: Place }, { host: Host }>({
  host: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what is asked for
    async ({}, provide, info) => {
      if (info.project.name === "mock") {
        const server = await startMockServer();
        await provide(server);
        await server.stop();
        return;
      }
      const served = await serveProduct();
      await provide(served);
      await served.database.close();
      await served.product.stop();
    },
    // Mock mode makes its data first where that is missing.
    { scope: "worker", timeout: 600_000 },
  ],
  place: async ({ host, browser, seat }, provide) => {
    if ("product" in host) {
      await provide(await productPlace(host, seat));
      return;
    }
    const place = await mockPlace(host, browser);
    await provide(place);
    await place.close();
    // Of the console as it is developed, React complains of more.
    expect(place.complaints, "what the browser complained of").toEqual([]);
  },
});
