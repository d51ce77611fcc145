import { Loader } from "@mantine/core";
import classes from "./starting.module.css";

/** While the first answer is on its way. */
export function Starting() {
  return (
    <div className={classes.starting}>
      <Loader type="dots" size="sm" aria-label="Loading" />
    </div>
  );
}
