import { SCENARIO_GROUPS } from "@secondlook/mock-api/all-scenarios";
import { test } from "@playwright/test";
import { look, NARROW, WIDE } from "../support/look.ts";
import { type MockServer, startMockServer } from "../support/mock-server.ts";
import { openState, settled } from "../support/mock-state.ts";

let server: MockServer;
test.beforeAll(async () => {
  // Mock mode makes its data first where that is missing.
  test.setTimeout(600_000);
  server = await startMockServer();
});
test.afterAll(() => server.stop());

for (const { title, names } of SCENARIO_GROUPS) {
  test(`every state shows what it is named for, without a fault in either theme: ${title}`, async ({
    page,
  }) => {
    test.setTimeout(names.length * 60_000);
    await page.addInitScript(() => {
      localStorage.clear();
      localStorage.setItem("secondlook-theme", "dark");
      localStorage.setItem("secondlook-evidence-uncovered", "always");
    });
    for (const name of names) {
      await test.step(name, async () => {
        await openState(page, server.url, name);
        await settled(page);
        await look(page, `${name}, dark`, [WIDE]);
        await page.evaluate(() => {
          document.documentElement.dataset["mantineColorScheme"] = "light";
        });
        await look(page, `${name}, light`, [NARROW]);
      });
    }
  });
}
