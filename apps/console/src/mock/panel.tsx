import { isScenario, SCENARIO_GROUPS, scenarioOf } from "@secondlook/mock-api/all-scenarios";
import type { PageWorld } from "@secondlook/mock-api/in-page";
import { useState } from "react";
import { addressOf, type Choice } from "./choice.ts";
import classes from "./panel.module.css";

type PanelProps = { readonly choice: Choice } & (
  | { readonly state: "starting" }
  | { readonly state: "failed"; readonly problem: string }
  | { readonly state: "ready"; readonly page: PageWorld }
);

/** The developer's panel of mock mode: which state, who, and how the network is. */
export function Panel(props: PanelProps) {
  const { choice } = props;
  const scenario = scenarioOf(choice.scenario);
  return (
    <details
      className={classes.panel}
      data-mock-state={props.state}
      open={props.state === "failed"}
      onToggle={({ currentTarget }) => {
        // Closed, it gives the keys back to the console.
        const { activeElement } = document;
        if (!currentTarget.open && activeElement instanceof HTMLElement) activeElement.blur();
      }}
    >
      <summary className={classes.tab} title={scenario.title}>
        {props.state === "starting"
          ? "Mock mode is starting …"
          : choice.unknown === null
            ? `Mock: ${scenario.title}`
            : `Mock: no state “${choice.unknown}”`}
      </summary>
      <div className={classes.body}>
        {props.state === "failed" ? (
          <p className={classes.problem} role="alert">
            {props.problem}
          </p>
        ) : null}
        {choice.unknown === null ? null : (
          <p className={classes.problem} role="alert">
            There is no state “{choice.unknown}”; this is another. All screens lists them.
          </p>
        )}
        {scenario.hint === undefined ? null : <p className={classes.hint}>{scenario.hint}</p>}
        {choice.as === undefined || choice.as === scenario.as ? null : (
          <p className={classes.hint}>
            The state is made for {scenario.as ?? "nobody"}; somebody else may not see it.
          </p>
        )}
        <Choices choice={choice} accounts={props.state === "ready" ? props.page.accounts : []} />
        {props.state === "ready" ? <Network page={props.page} /> : null}
        <p className={classes.links}>
          <a href={addressOf(choice)}>Start this state again</a>
          <a href="/mock/screens">All screens</a>
        </p>
      </div>
    </details>
  );
}

function Choices(props: { readonly choice: Choice; readonly accounts: readonly string[] }) {
  const { choice, accounts } = props;
  return (
    <>
      <label>
        State
        <select
          value={choice.scenario}
          onChange={({ target }) => {
            // Another state is somebody else's: its own account signs in.
            if (isScenario(target.value)) go({ ...choice, scenario: target.value, as: undefined });
          }}
        >
          {SCENARIO_GROUPS.map(({ title, names }) => (
            <optgroup key={title} label={title}>
              {names.map((name) => (
                <option key={name} value={name}>
                  {scenarioOf(name).title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        Signed in
        <select
          value={choice.as ?? ""}
          onChange={({ target }) => {
            go({ ...choice, as: target.value === "" ? undefined : target.value });
          }}
        >
          <option value="">{scenarioOf(choice.scenario).as ?? "nobody"} (the state’s own)</option>
          {accounts.map((handle) => (
            <option key={handle} value={handle}>
              {handle}
            </option>
          ))}
        </select>
      </label>
      <label>
        Seed
        <input
          type="number"
          min={1}
          defaultValue={choice.seed}
          onBlur={({ target }) => {
            const seed = target.valueAsNumber;
            if (Number.isInteger(seed) && seed > 0 && seed !== choice.seed) go({ ...choice, seed });
          }}
        />
      </label>
    </>
  );
}

function Network({ page }: { readonly page: PageWorld }) {
  const { conditions } = page.world;
  const [offline, setOffline] = useState(conditions.offline);
  const [slow, setSlow] = useState(conditions.delayMs > 0);
  return (
    <fieldset className={classes.network}>
      <legend>Network</legend>
      <label>
        <input
          type="checkbox"
          checked={offline}
          onChange={({ target }) => {
            conditions.set({ offline: target.checked });
            setOffline(target.checked);
          }}
        />
        offline
      </label>
      <label>
        <input
          type="checkbox"
          checked={slow}
          onChange={({ target }) => {
            conditions.set({ delayMs: target.checked ? 2_000 : 0 });
            setSlow(target.checked);
          }}
        />
        slow
      </label>
    </fieldset>
  );
}

function go(choice: Choice): void {
  location.assign(addressOf(choice));
}
