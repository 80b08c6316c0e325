import { classes } from '../../ui/index.ts';

const steps = Array.from({ length: 14 }, (_, at) => at);

/** How loud it is, 0 to 1, in steps. Data does not glide. */
export function LevelBar({ label, level }: { readonly label: string; readonly level: number }) {
  return (
    <span className="loudness-bar">
      <meter className="sr-only" aria-label={label} min={0} max={1} value={level} />
      {steps.map((step) => (
        <i key={step} className={classes(level * steps.length > step && 'is-on')} aria-hidden="true" />
      ))}
    </span>
  );
}
