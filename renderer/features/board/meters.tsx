import type { QueueRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';
import { countKey } from './words.ts';

/** A share as a bar with its target as a tick. The number stands beside it. */
export function LevelBar({
  percent,
  target,
  tone,
}: {
  readonly percent: number | null;
  readonly target: number;
  readonly tone: 'plain' | 'waiting' | 'broken';
}) {
  return (
    <span className="level-bar" aria-hidden="true">
      <i className={classes('level-bar-part', `is-${tone}`)} style={{ width: `${percent ?? 0}%` }} />
      <i className="level-bar-target" style={{ left: `${target}%` }} />
    </span>
  );
}

const stretches = ['free', 'ringing', 'engaged', 'wrappingUp', 'notReady', 'notReachable'] as const;

/** Those signed in, by what they do. */
export function PeopleBar({ people, channel }: Pick<QueueRow, 'people' | 'channel'>) {
  const { t, formats } = useText();
  const shown = stretches.filter((state) => people[state] > 0);
  const words = formats.listed(shown.map((state) => t(countKey(state, channel !== 'voice'), { count: people[state] })));
  return (
    <span className="people-bar" role="img" aria-label={shown.length === 0 ? t('board.none') : words} title={words}>
      {shown.map((state) => (
        <i key={state} className={`is-${state}`} style={{ flexGrow: people[state] }} />
      ))}
    </span>
  );
}

const width = 72;
const height = 20;

/** A line of sixteen quarters of an hour against the target. Where nothing was to be counted there is a gap. */
export function Trend({ values, target, label }: { readonly values: QueueRow['trend']; readonly target: number; readonly label: string }) {
  const x = (index: number) => (values.length < 2 ? 0 : (index / (values.length - 1)) * width);
  const y = (percent: number) => height - 1.5 - (percent / 100) * (height - 3);
  const points = values.map((value, index) => (value === null ? null : { x: x(index), y: y(value) }));
  const path = points
    .map((point, index) => {
      if (!point) return '';
      const isFirst = !points[index - 1];
      const isAlone = isFirst && !points[index + 1];
      const to = `${isFirst ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
      return isAlone ? `${to}h1.5` : to;
    })
    .join(' ');
  return (
    <svg className="trend" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line x1="0" x2={width} y1={y(target)} y2={y(target)} vectorEffect="non-scaling-stroke" />
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
