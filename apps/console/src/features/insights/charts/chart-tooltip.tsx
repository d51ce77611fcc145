import classes from "../insights.module.css";

/** What stands at one place of a chart, in words. */
export function ChartTooltip(props: {
  readonly title: string;
  readonly lines: readonly (readonly [words: string, value: string])[];
}) {
  return (
    <div className={classes.tooltip}>
      <strong>{props.title}</strong>
      <dl>
        {props.lines.map(([words, value]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
