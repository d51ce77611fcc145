import { readChoice } from "./mock/choice.ts";
import { startMock } from "./mock/start-mock.tsx";

/** The entry of mock mode: the API starts in this page, then the console as it always does. */
if (location.pathname.startsWith("/mock/")) {
  const { showScreens } = await import("./mock/screens-page.tsx");
  showScreens();
} else {
  await startMock(readChoice());
}
