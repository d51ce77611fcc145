import "../ui/tokens.css";
import { SCENARIO_GROUPS, scenarioOf } from "@secondlook/mock-api/all-scenarios";
import { createRoot } from "react-dom/client";
import { addressOf } from "./choice.ts";
import classes from "./screens-page.module.css";

/** `/mock/screens`: every state with its address. Needs no API. */
export function showScreens(): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  document.title = "Screens · Secondlook";
  createRoot(root).render(<ScreensPage />);
}

function ScreensPage() {
  return (
    <main className={classes.page}>
      <h1>Every screen in every state</h1>
      <p>
        Each link opens the console in that state, with the API in the page. A reload starts the
        state again. <code>pnpm mock:screenshots</code> photographs them all, dark and light.
      </p>
      {SCENARIO_GROUPS.map(({ title, names }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {names.map((name) => {
              const { title: words, hint, as } = scenarioOf(name);
              return (
                <li key={name}>
                  <a href={addressOf({ scenario: name, seed: 1, as: undefined })}>{words}</a>
                  <span className={classes.dim}>
                    {name} · {as ?? "nobody"}
                  </span>
                  {hint === undefined ? null : <span className={classes.hint}>{hint}</span>}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </main>
  );
}
