import { type TextPart, textParts } from "@secondlook/domain/text/hidden-characters";
import classes from "./shown-text.module.css";

/**
 * Text that somebody else wrote, such as a name: set apart from the sentence around it, in its own
 * direction, and with a sign for each character that can't be seen. Use it wherever such text is
 * shown; for a stretch of one text, `Parts` with what stands before and after.
 */
export function ShownText({ children }: { readonly children: string }) {
  return (
    <bdi className={classes.text}>
      <Parts text={children} />
    </bdi>
  );
}

/** The signs alone, for text that is in a `bdi` already. */
export function Parts(props: {
  readonly text: string;
  readonly before?: string;
  readonly after?: string;
}) {
  const { text, ...context } = props;
  return textParts(text, context).map((part, index) => (
    // The parts of one text never change places.
    <Part key={index} part={part} />
  ));
}

function Part({ part: { text, hidden, needed } }: { readonly part: TextPart }) {
  if (hidden === undefined) return text;
  // What a script needs stays where it is, in an element that does not break the letters apart.
  if (needed) {
    return (
      <span className={classes.needed} title={hidden.words}>
        {text}
      </span>
    );
  }
  return (
    <span
      className={classes.sign}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img element needs a file
      role="img"
      aria-label={`hidden character: ${hidden.words}`}
      title={hidden.words}
    >
      {hidden.sign}
    </span>
  );
}
