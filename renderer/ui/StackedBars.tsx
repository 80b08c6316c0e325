import { useId } from 'react';
import { classes } from './tone.ts';
import './stacked-bars.css';

export interface BarSeries {
  readonly name: string;
  /** One for each label, none negative. */
  readonly values: readonly number[];
}

export interface StackedBarsProps {
  /** What is counted, and how long: the caption of the table behind the bars. */
  readonly title: string;
  /** Under each bar, short. */
  readonly labels: readonly string[];
  /** The same at length, for the table and the pointer's tip. */
  readonly fullLabels?: readonly string[];
  /** From the foot up; colours go by place, four of them. */
  readonly series: readonly BarSeries[];
  readonly format: (value: number) => string;
  /** Of the lines behind the bars; shorter than `format` where that is long. */
  readonly formatAxis?: (value: number) => string;
  readonly height?: number;
}

const axisWidth = 40;
const labelHeight = 20;
const barPart = 0.62;
const width = 640;

/** Amounts by label, stacked by series in steps of one hue. Behind it stands the same as a table, for who cannot see bars. */
export function StackedBars({ title, labels, fullLabels, series, format, formatAxis = format, height = 200 }: StackedBarsProps) {
  const captionId = useId();
  const totals = labels.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const { top, step } = axisOf(Math.max(0, ...totals));
  const plot = height - labelHeight - 8;
  const y = (value: number) => 8 + plot - (top === 0 ? 0 : (value / top) * plot);
  const slot = (width - axisWidth) / Math.max(1, labels.length);
  const lines = top === 0 ? [0] : Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  return (
    <figure className="stacked-bars" aria-labelledby={captionId}>
      <ul className="stacked-bars-legend" aria-hidden="true">
        {series.map(({ name }, index) => (
          <li key={name}>
            <i className={`chart-ground-${(index % 4) + 1}`} />
            {name}
          </li>
        ))}
      </ul>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {lines.map((line) => (
          <g key={line}>
            <line className="stacked-bars-grid" x1={axisWidth} x2={width} y1={y(line)} y2={y(line)} />
            <text className="stacked-bars-axis" x={axisWidth - 8} y={y(line) + 4} textAnchor="end">
              {formatAxis(line)}
            </text>
          </g>
        ))}
        {labels.map((label, index) => {
          let below = 0;
          const x = axisWidth + slot * index + (slot * (1 - barPart)) / 2;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are known by their place; two may have one label.
            <g key={index}>
              <title>{`${fullLabels?.[index] ?? label}: ${format(totals[index] ?? 0)}`}</title>
              {series.map(({ name, values }, place) => {
                const value = values[index] ?? 0;
                const foot = y(below);
                below += value;
                const head = y(below);
                return (
                  <rect
                    key={name}
                    className={classes('stacked-bar', `chart-fill-${(place % 4) + 1}`)}
                    x={x}
                    y={head}
                    width={slot * barPart}
                    height={Math.max(0, foot - head - (head < foot - 2 ? 1 : 0))}
                  />
                );
              })}
              <text className="stacked-bars-axis" x={x + (slot * barPart) / 2} y={height - 4} textAnchor="middle">
                {label}
              </text>
            </g>
          );
        })}
      </svg>
      <table className="sr-only">
        <caption id={captionId}>{title}</caption>
        <thead>
          <tr>
            <td />
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <tr key={index}>
              <th scope="row">{fullLabels?.[index] ?? label}</th>
              {series.map(({ name, values }) => (
                <td key={name}>{format(values[index] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** A round step that gives two to five lines, and the first line at or above the highest bar. */
export function axisOf(highest: number): { readonly top: number; readonly step: number } {
  if (highest <= 0) return { top: 0, step: 1 };
  const magnitude = 10 ** Math.floor(Math.log10(highest));
  const step = [0.2, 0.25, 0.5, 1, 2, 2.5, 5].map((part) => part * magnitude).find((each) => highest / each <= 4) ?? magnitude * 5;
  return { top: Math.ceil(highest / step - 1e-9) * step, step };
}
