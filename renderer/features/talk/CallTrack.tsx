import type { CallView } from '../../../shared/contracts/call.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';

interface Stretch {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'menu' | 'waiting' | 'talking' | 'held';
  readonly label: string;
}

/** A stretch shorter than its own clock can say is left out. */
const shortestShownMs = 1_000;

/** The call as one bar: in the menu, waiting, talking, on hold, each as long as it took. */
export function CallTrack({ pop, call, now }: { readonly pop: ScreenPop; readonly call: CallView; readonly now: number }) {
  const { t, formats } = useText();
  const answeredAt = call.answeredAt ?? now;
  const end = call.endedAt ?? now;
  const heldFrom = call.heldSince;
  const all: Stretch[] = [
    ...(call.dialled
      ? [{ id: 'calling', from: pop.queuedAt, to: answeredAt, kind: 'menu', label: t('call.line.calling') } as const]
      : [
          { id: 'menu', from: pop.receivedAt, to: pop.queuedAt, kind: 'menu', label: t('talk.inMenu') } as const,
          { id: 'waiting', from: pop.queuedAt, to: answeredAt, kind: 'waiting', label: t('talk.waiting') } as const,
        ]),
    { id: 'talking', from: answeredAt, to: heldFrom ?? end, kind: 'talking', label: t('talk.talking') },
  ];
  if (heldFrom !== null) all.push({ id: 'held', from: heldFrom, to: end, kind: 'held', label: t('talk.held') });
  const stretches = all.filter(
    (stretch) => stretch.to - stretch.from >= shortestShownMs || (stretch.kind === 'talking' && call.answeredAt !== null),
  );
  return (
    <div
      className="call-track"
      role="img"
      aria-label={`${t('talk.stage')}: ${formats.listed(stretches.map((each) => `${each.label} ${formats.clock(each.to - each.from)}`))}`}
    >
      {stretches.map((stretch) => (
        <div key={stretch.id} className="call-track-stretch" style={{ flexGrow: Math.max(1, stretch.to - stretch.from) }}>
          <i className={classes('call-track-bar', `is-${stretch.kind}`)} />
          <span className="cut micro text-3">
            {stretch.label} <span className="text-2">{formats.clock(stretch.to - stretch.from)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}
