import { classes } from './tone.ts';
import './charts.css';

export interface PointsLine {
  readonly id: string;
  readonly text: string;
  readonly points: number;
  /** By what rule it counts. */
  readonly note?: string | null;
}

/** What adds to a figure and what takes from it, the heaviest first; bars beside each other can be compared. */
export function PointsList({ lines, isAlarming = false }: { readonly lines: readonly PointsLine[]; readonly isAlarming?: boolean }) {
  const most = Math.max(1, ...lines.map(({ points }) => Math.abs(points)));
  return (
    <ul className="points">
      {lines.map(({ id, text, points, note }) => (
        <li key={id} className={classes(points < 0 && 'is-taking')}>
          <span className="whole">
            {text}
            {note ? <span className="points-note small text-3">{note}</span> : null}
          </span>
          <span className="points-bar" aria-hidden="true">
            <i className={classes(points > 0 && isAlarming && 'is-alarming')} style={{ width: `${(Math.abs(points) / most) * 100}%` }} />
          </span>
          <span className="points-figure figures">
            {points < 0 ? '−' : '+'}
            {Math.abs(points)}
          </span>
        </li>
      ))}
    </ul>
  );
}
