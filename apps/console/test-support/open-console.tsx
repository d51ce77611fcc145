import type { ScenarioName } from "@secondlook/mock-api/all-scenarios";
import { startInNode } from "@secondlook/mock-api/in-node";
import { testedData } from "@secondlook/mock-api/tested-data";
import { cleanup, configure, render, screen, type Screen } from "@testing-library/react";
import { type UserEvent, userEvent } from "@testing-library/user-event";
import { vi } from "vitest";

/** The whole console in a state of mock mode, over the real API by real HTTP. */
export interface OpenConsole extends AsyncDisposable {
  readonly screen: Screen;
  readonly user: UserEvent;
  /** To bring about what another person or time would. */
  readonly world: Awaited<ReturnType<typeof startInNode>>["world"];
}

/** Heartbeats come every five seconds where a state asks for them often. */
configure({ asyncUtilTimeout: 15_000 });

/** Opens a state by its name. `const console = await openConsole("lease-lost")`, with `await using`. */
export async function openConsole(
  scenario: ScenarioName,
  options: { readonly as?: string; readonly path?: string } = {},
): Promise<OpenConsole> {
  const started = await startInNode({
    folder: testedData(),
    scenario,
    as: options.as,
    // States bring faults about; what comes of them is on the screen.
    onFault: () => undefined,
  });
  localStorage.setItem("secondlook-evidence-uncovered", "always");
  history.replaceState(null, "", options.path ?? started.path);
  // The console's router and stores begin anew, as in a fresh tab.
  vi.resetModules();
  const { App } = await import("../src/app/app.tsx");
  const { listenToKeys } = await import("../src/lib/keyboard/keyboard.ts");
  listenToKeys(window);
  render(<App />);
  return {
    screen,
    user: userEvent.setup(),
    world: started.world,
    async [Symbol.asyncDispose]() {
      cleanup();
      await started[Symbol.asyncDispose]();
    },
  };
}
