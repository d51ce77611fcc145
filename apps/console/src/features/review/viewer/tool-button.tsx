import { keepFocus } from "../keep-focus.ts";
import { Icon, type IconName } from "./icons.tsx";
import classes from "./viewer.module.css";

/** An icon that does one thing; its name and key show on hover and focus. */
export function ToolButton(props: {
  readonly icon: IconName;
  readonly words: string;
  readonly keys?: string;
  readonly pressed?: boolean;
  /** Why it can't be used now. */
  readonly off?: string | false | null;
  readonly onPress: () => void;
}) {
  const { off, keys } = props;
  const isOff = typeof off === "string";
  const tip = isOff ? `${props.words}: ${off}` : `${props.words}${keys ? ` · ${keys}` : ""}`;
  return (
    <button
      type="button"
      className={classes.tool}
      aria-label={isOff ? tip : props.words}
      aria-pressed={props.pressed}
      aria-disabled={isOff}
      data-tip={tip}
      onMouseDown={keepFocus}
      onClick={isOff ? undefined : props.onPress}
    >
      <Icon name={props.icon} />
    </button>
  );
}
