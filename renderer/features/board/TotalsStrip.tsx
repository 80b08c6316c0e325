import type { ReactNode } from 'react';
import type { AgentRow, QueueRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { countFloor, levelTone, type Stores, totalsOf } from '../../stores/index.ts';
import { classes } from '../../ui/index.ts';
import { Clock } from './Clock.tsx';
import type { BoardDeeds } from './deeds.ts';

export interface TotalsStripProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly queues: readonly QueueRow[];
  readonly agents: readonly AgentRow[];
}

/** Six numbers of all the queues in sight; each opens what is behind it. */
export function TotalsStrip({ stores, deeds, queues, agents }: TotalsStripProps) {
  const text = useText();
  const { t, formats } = text;
  const totals = totalsOf(queues);
  const floor = countFloor(agents);
  const signedIn = agents.length - floor.signedOut;
  const { serviceLevelToday: level, thresholdMs, targetPercent } = totals;
  return (
    <section className="board-totals" aria-label={t('board.allQueues')}>
      <Total
        name={t('board.total.waiting')}
        value={formats.number(totals.waiting)}
        more={
          totals.longestWaitSince === null ? (
            t('board.total.nobody')
          ) : (
            <>
              {t('board.total.longest', { clock: '' })}
              <Clock stores={stores} since={totals.longestWaitSince} />
            </>
          )
        }
        onOpen={() => deeds.showContacts(null, 'waiting', 'waiting')}
      />
      <Total
        name={
          thresholdMs === null
            ? t('board.total.serviceLevel')
            : t('board.total.serviceLevelIn', { seconds: formats.number(thresholdMs / 1_000) })
        }
        value={text.formats.percent(level.percent)}
        tone={levelTone(level.percent, targetPercent)}
        more={
          targetPercent === null
            ? t('board.total.noTarget', { inTime: formats.number(level.inTime), of: formats.number(level.of) })
            : t('board.total.target', { percent: targetPercent })
        }
        onOpen={() => deeds.showContacts(null, 'answeredInTime', 'serviceLevel')}
      />
      <Total
        name={t('board.total.answered')}
        value={formats.number(totals.answered)}
        onOpen={() => deeds.showContacts(null, 'answered', 'answered')}
      />
      <Total
        name={t('board.total.abandoned')}
        value={text.formats.percent(totals.abandonedPercent, 1)}
        more={t('board.total.contacts', { count: totals.abandoned })}
        onOpen={() => deeds.showContacts(null, 'abandoned', 'abandoned')}
      />
      <Total
        name={t('board.total.handling')}
        value={formats.number(totals.handling)}
        more={totals.diverted > 0 ? t('board.total.diverted', { count: totals.diverted }) : undefined}
        onOpen={() => deeds.showContacts(null, 'handling', 'handling')}
      />
      <Total
        name={t('board.total.signedIn')}
        value={formats.number(signedIn)}
        more={t('board.total.free', { count: floor.free })}
        onOpen={() => deeds.showPeople(null)}
      />
    </section>
  );
}

function Total(props: {
  readonly name: string;
  readonly value: string;
  readonly more?: ReactNode;
  readonly tone?: ReturnType<typeof levelTone>;
  onOpen(): void;
}) {
  return (
    <button type="button" className="board-total" onClick={props.onOpen}>
      <span className="board-total-name">{props.name}</span>{' '}
      <span className="board-total-line">
        <strong className={classes('figures', props.tone && props.tone !== 'plain' && `tone-${props.tone}`)}>{props.value}</strong>{' '}
        {props.more === undefined ? null : <span className="small text-3 figures cut">{props.more}</span>}
      </span>
    </button>
  );
}
