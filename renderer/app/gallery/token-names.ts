const states = ['ready', 'waiting', 'talking', 'finishing', 'away', 'broken'] as const;

/** Every token of `tokens.css` by what it is of; a test compares the two. */
export const tokenNames = {
  type: ['micro', 'small', 'body', 'read', 'title', 'name', 'clock', 'figure', 'display'],
  weights: ['fw-regular', 'fw-medium', 'fw-strong'],
  letters: ['font-sans', 'font-mono', 'track-tight'],
  space: ['s1', 's2', 's3', 's4', 's5', 's6', 's8', 's10', 's12'],
  frame: ['h-title', 'h-callbar', 'h-pane-head', 'w-rail', 'w-work', 'w-customer', 'w-state', 'w-quality', 'w-login', 'w-dialog'],
  shape: ['r1', 'r2', 'r3', 'r4', 'r-full'],
  times: ['t-instant', 't-fast', 't-base', 't-slow', 't-ring', 't-flash'],
  easings: ['ease-out', 'ease-in'],
  ground: ['bg', 'surface', 'surface-2', 'surface-hover', 'surface-press', 'raised', 'line', 'line-strong', 'field-line', 'scrim'],
  paper: ['paper', 'on-paper', 'paper-ground'],
  text: ['text', 'text-2', 'text-3', 'text-off', 'inverse', 'on-inverse'],
  accent: ['accent', 'accent-hover', 'accent-text', 'accent-soft', 'accent-line', 'on-accent', 'focus'],
  states: states.flatMap((state) => [state, `${state}-soft`, `${state}-line`, `${state}-solid`, `on-${state}`]),
  charts: ['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-grid', 'chart-mark', 'heat-0', 'heat-1', 'heat-2', 'heat-3', 'heat-4'],
  shadows: ['shadow-1', 'shadow-2', 'shadow-3'],
} as const;

/** As they are written in `tokens.css`; a step of the type scale is a size and a line height. */
export function allTokens(): readonly string[] {
  const { type, ...others } = tokenNames;
  return [
    ...type.flatMap((step) => [`--fs-${step}`, `--lh-${step}`]),
    ...Object.values(others).flatMap((names) => names.map((name) => `--${name}`)),
  ];
}
