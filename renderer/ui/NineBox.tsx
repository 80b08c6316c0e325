import { classes } from './tone.ts';
import './charts.css';

/** A place in the nine boxes: both 0 to 100, to the right and upwards. */
export interface NineBoxPoint {
  readonly x: number;
  readonly y: number;
}

export interface NineBoxProps {
  /** Said to those who cannot see the picture: where the point is and was. */
  readonly label: string;
  /** Names of the boxes, row by row from the top left. */
  readonly boxes: readonly string[];
  readonly at: NineBoxPoint;
  readonly was?: NineBoxPoint | null;
  readonly others?: readonly (NineBoxPoint & { readonly id: string; readonly name: string })[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly low: string;
  readonly high: string;
}

/** Which of the nine, row by row from the top left. */
export function boxOf({ x, y }: NineBoxPoint): number {
  const third = (value: number) => Math.min(2, Math.max(0, Math.floor((value * 3) / 100)));
  return (2 - third(y)) * 3 + third(x);
}

const across = ({ x }: NineBoxPoint) => Math.min(97, Math.max(3, x));
const down = ({ y }: NineBoxPoint) => Math.min(96, Math.max(4, 100 - y));

/** Two measures against each other in three steps each: where one stands, where it came from, and where the others are. */
export function NineBox({ label, boxes, at, was = null, others = [], xTitle, yTitle, low, high }: NineBoxProps) {
  const mine = boxOf(at);
  return (
    <figure className="nine-box" role="img" aria-label={label}>
      <span className="nine-box-y" aria-hidden="true">
        {yTitle}
      </span>
      <div className="nine-box-field" aria-hidden="true">
        {boxes.map((name, index) => (
          <span key={name} className={classes('nine-box-cell', index === mine && 'is-mine')}>
            {name}
          </span>
        ))}
        <svg aria-hidden="true">
          {others.map((other) => (
            <circle key={other.id} className="nine-box-other" cx={`${across(other)}%`} cy={`${down(other)}%`} r="2.5">
              <title>{other.name}</title>
            </circle>
          ))}
          {was ? (
            <>
              <line className="nine-box-way" x1={`${across(was)}%`} y1={`${down(was)}%`} x2={`${across(at)}%`} y2={`${down(at)}%`} />
              <circle className="nine-box-was" cx={`${across(was)}%`} cy={`${down(was)}%`} r="4" />
            </>
          ) : null}
          <circle className="nine-box-at" cx={`${across(at)}%`} cy={`${down(at)}%`} r="6" />
        </svg>
      </div>
      <span className="nine-box-x" aria-hidden="true">
        <span>{low}</span>
        <span>{xTitle}</span>
        <span>{high}</span>
      </span>
    </figure>
  );
}

/** The same on the height of a line. */
export function NineBoxMini({ label, at }: { readonly label: string; readonly at: NineBoxPoint }) {
  const mine = boxOf(at);
  return (
    <svg className="nine-box-mini" viewBox="0 0 26 20" role="img" aria-label={label}>
      {Array.from({ length: 9 }, (_each, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: nine fixed boxes
          key={index}
          className={classes(index === mine && 'is-mine')}
          x={(index % 3) * 9}
          y={Math.floor(index / 3) * 7}
          width="8"
          height="6"
          rx="1"
        />
      ))}
    </svg>
  );
}
