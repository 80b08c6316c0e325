import { classes } from './tone.ts';
import './charts.css';

export interface StackedColumnsProps {
  /** What is drawn; the caption of the table that screen readers get instead of the picture. */
  readonly label: string;
  /** `mark` stands below the column, `name` in the table. */
  readonly columns: readonly { readonly key: string; readonly mark: string; readonly name: string }[];
  /** At most four, the first at the bottom, each with a value for every column. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly columnTitle: string;
  readonly totalTitle: string;
  /** A value in full, and as short as an axis has room for. */
  format(value: number): string;
  axis(value: number): string;
  /** Words above one column. */
  readonly callout?: { readonly column: number; readonly text: string } | null;
}

const height = 196;
const top = 28;
const plot = height - top - 22;

/** Quantities of several kinds over time, stacked. Widths are shares, so that letters never stretch with the picture. */
export function StackedColumns({ label, columns, series, columnTitle, totalTitle, format, axis, callout = null }: StackedColumnsProps) {
  const totals = columns.map((_column, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const ticks = ticksUpTo(Math.max(...totals, 0));
  const most = ticks.at(-1) ?? 1;
  const y = (value: number) => top + plot - (Math.max(0, value) / most) * plot;
  const step = 100 / Math.max(1, columns.length);
  return (
    <figure className="stacked-columns">
      <svg className="stacked-axis" height={height} aria-hidden="true">
        {ticks.map((tick) => (
          <text key={tick} x="100%" y={y(tick) + 4} textAnchor="end">
            {axis(tick)}
          </text>
        ))}
      </svg>
      <svg className="stacked-plot" height={height} aria-hidden="true">
        {ticks.map((tick) => (
          <line key={tick} className="stacked-grid" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
        ))}
        {columns.map((column, index) => (
          <g key={column.key}>
            <title>{`${column.name}: ${format(totals[index] ?? 0)}`}</title>
            {/* The whole column answers the pointer, not its ink alone. */}
            <rect className="stacked-reach" x={`${index * step}%`} y={top} width={`${step}%`} height={plot} />
            {stack(series, index).map(({ name, from, to, place }) => (
              <rect
                key={name}
                className={`chart-fill-${place}`}
                x={`${(index + 0.2) * step}%`}
                y={y(to)}
                width={`${step * 0.6}%`}
                height={Math.max(0, y(from) - y(to) - (from > 0 ? 1 : 0))}
              />
            ))}
            <text x={`${(index + 0.5) * step}%`} y={height - 6} textAnchor="middle">
              {column.mark}
            </text>
          </g>
        ))}
        {callout ? <Callout callout={callout} step={step} count={columns.length} y={y(totals[callout.column] ?? 0)} /> : null}
      </svg>
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">{columnTitle}</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">{totalTitle}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column, index) => (
              <tr key={column.key}>
                <th scope="row">{column.name}</th>
                {series.map(({ name, values }) => (
                  <td key={name}>{format(values[index] ?? 0)}</td>
                ))}
                <td>{format(totals[index] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Callout(props: {
  readonly callout: { readonly column: number; readonly text: string };
  readonly step: number;
  readonly count: number;
  readonly y: number;
}) {
  const { callout, step, count, y } = props;
  const x = `${(callout.column + 0.5) * step}%`;
  // Near an edge the words begin or end there, so that none is cut; a letter takes about an eighth of a column.
  const half = callout.text.length / 16;
  const side = callout.column + 0.5 < half ? 'start' : count - callout.column - 0.5 < half ? 'end' : 'middle';
  const textX = side === 'start' ? '0%' : side === 'end' ? '100%' : x;
  return (
    <>
      <line className="stacked-callout" x1={x} x2={x} y1={y - 3} y2={y - 10} />
      <text className="stacked-callout-text" x={textX} y={y - 14} textAnchor={side}>
        {callout.text}
      </text>
    </>
  );
}

function stack(series: StackedColumnsProps['series'], index: number) {
  let reached = 0;
  return series.map(({ name, values }, place) => {
    const from = reached;
    reached += Math.max(0, values[index] ?? 0);
    return { name, from, to: reached, place: place + 1 };
  });
}

/** Nothing, and two to four round steps that reach the highest value. */
export function ticksUpTo(most: number): readonly number[] {
  if (!(most > 0)) return [0, 1];
  const raw = most / 4;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((each) => each >= raw) ?? magnitude * 10;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_each, index) => index * step);
}

/** What the hues of a chart stand for. */
export function Legend({ names, className }: { readonly names: readonly string[]; readonly className?: string }) {
  return (
    <span className={classes('legend', className)} aria-hidden="true">
      {names.map((name, index) => (
        <span key={name}>
          <i className={`chart-ground-${index + 1}`} />
          {name}
        </span>
      ))}
    </span>
  );
}
