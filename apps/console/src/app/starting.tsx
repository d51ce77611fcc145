import { Waiting } from "../ui/waiting.tsx";
import classes from "./starting.module.css";

/** While the first answer is on its way. */
export function Starting() {
  return (
    <main className={classes.starting}>
      <Waiting title="Loading" />
    </main>
  );
}
