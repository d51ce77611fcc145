import { keepFocus } from "../keep-focus.ts";
import type { ReviewCommand } from "../keys.ts";
import { useKeyOf } from "../my-keys.ts";
import { Icon, type IconName } from "./icons.tsx";
import classes from "./viewer.module.css";

/** An icon that does one thing; its name and key show on hover and focus. */
export function ToolButton(props: {
  readonly icon: IconName;
  readonly words: string;
  /** What its key does. */
  readonly of: ReviewCommand;
  /** What the key needs besides: that it is pressed again. */
  readonly how?: string;
  readonly pressed?: boolean;
  /** Why it can't be used now. */
  readonly off?: string | false | null;
  readonly onPress: () => void;
}) {
  const { off } = props;
  const key = useKeyOf(props.of);
  const isOff = typeof off === "string";
  const tip = isOff ? `${props.words}: ${off}` : `${props.words} · ${key}${props.how ?? ""}`;
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
