import "../ui/tokens.css";
import { startInPage } from "@secondlook/mock-api/in-page";
import { createRoot } from "react-dom/client";
import { UNCOVERED_KEY } from "../features/review/stage/cover.ts";
import { type Choice, keepChoice } from "./choice.ts";
import { Panel } from "./panel.tsx";

/** Starts the API in this page, then the console, and the panel beside it. */
export async function startMock(choice: Choice): Promise<void> {
  const place = document.createElement("div");
  document.body.append(place);
  // The console's keys are its own; what is typed in the panel must not reach them.
  place.addEventListener("keydown", (event) => event.stopPropagation());
  const panel = createRoot(place);
  panel.render(<Panel choice={choice} state="starting" />);
  try {
    const modules = loadMost();
    // Nobody real is on these pictures; whoever works on the cover covers them by its key.
    if (localStorage.getItem(UNCOVERED_KEY) === null) localStorage.setItem(UNCOVERED_KEY, "always");
    const page = await startInPage(choice);
    keepChoice(choice);
    await modules;
    Object.assign(globalThis, { secondlookMock: page.handle });
    if (location.pathname === "/") history.replaceState(null, "", page.path);
    await import("../main.tsx");
    panel.render(<Panel choice={choice} state="ready" page={page} />);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    panel.render(<Panel choice={choice} state="failed" problem={problem} />);
    throw error;
  }
}

/**
 * Most of the console's modules come while the API starts, and past the worker, which would see each of
 * them. Not those that make the router: it asks the API for the session as soon as it is there.
 */
function loadMost(): Promise<unknown> {
  return Promise.all([import("../app/shell.tsx"), import("../app/routes/review.tsx")]);
}
