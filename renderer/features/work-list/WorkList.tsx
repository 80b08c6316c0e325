import { useState } from 'react';
import { useStore } from 'zustand';
import { callerName, callSign, useText } from '../../i18n/index.ts';
import { currentWork, interactionIdOf, isSpokenIn, popOf, type Stores, type Work, workOf, wrapUpClockMs } from '../../stores/index.ts';
import { classes, EmptyState, Segments, useNow } from '../../ui/index.ts';
import { Queues } from './Queues.tsx';
import './work-list.css';

export function WorkList({ stores }: { readonly stores: Stores }) {
  const { t } = useText();
  const desk = useStore(stores.desk);
  const view = useStore(stores.view);
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const [scope, setScope] = useState<'mine' | 'queue'>('mine');
  const work = workOf(desk);
  const current = currentWork(desk, view.selectedId);
  const waiting = desk.queues.reduce((sum, queue) => sum + queue.waiting, 0);

  return (
    <section className="pane work-list" aria-label={t('work.title')}>
      <div className="pane-head">
        <h2>{t('work.title')}</h2>
        <span className="push" />
        <Segments
          label={t('work.scope')}
          value={scope}
          onChange={setScope}
          segments={[
            {
              value: 'mine',
              label: (
                <>
                  {t('work.mine')} <span className="text-3">{work.length}</span>
                </>
              ),
            },
            {
              value: 'queue',
              label: (
                <>
                  {t('work.queue')} <span className="text-3">{waiting}</span>
                </>
              ),
            },
          ]}
        />
      </div>
      <div className="work-list-scroll" id="place-work" tabIndex={-1}>
        {scope === 'queue' ? (
          <Queues queues={desk.queues} now={now} />
        ) : work.length === 0 ? (
          <EmptyState title={t('work.emptyTitle')}>
            {desk.agent?.presence === 'available' ? t('work.emptyReady') : t('work.emptyAway')}
          </EmptyState>
        ) : (
          <ul>
            {work.map((entry) => (
              <li key={interactionIdOf(entry)}>
                <WorkItem
                  entry={entry}
                  now={now}
                  stores={stores}
                  isCurrent={current !== null && interactionIdOf(entry) === interactionIdOf(current)}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      <Footer stores={stores} waiting={waiting} />
    </section>
  );
}

function WorkItem({
  entry,
  now,
  stores,
  isCurrent,
}: {
  readonly entry: Work;
  readonly now: number;
  readonly stores: Stores;
  readonly isCurrent: boolean;
}) {
  const { t, formats } = useText();
  const outcome = useStore(stores.view, (view) => view.outcomes[interactionIdOf(entry)]);
  const pop = popOf(entry);
  const account = pop.match.kind === 'certain' ? pop.match.contact.accountName : null;
  const place = account ?? pop.queueName[formats.language];
  const Sign = callSign(pop, entry.kind === 'talking' || entry.kind === 'wrapping' ? entry.item.call : null);

  const [tone, clock, line] = ((): [string, string, string] => {
    switch (entry.kind) {
      case 'ringing':
        return ['waiting', formats.clock(entry.offer.ringsUntil - now), `${t('work.ringing')} · ${place}`];
      case 'joining':
        return ['talking', '0:00', t('work.connecting')];
      case 'wrapping':
        return [
          'finishing',
          entry.item.wrapUp ? formats.clock(wrapUpClockMs(entry.item.wrapUp, now)) : '',
          t(entry.item.wrapUp?.stored != null ? 'work.outcomeStored' : outcome ? 'work.readyToFinish' : 'work.chooseOutcome'),
        ];
      case 'talking': {
        const { state, answeredAt, message } = entry.item.call;
        const isHeld = !isSpokenIn(entry.item.call);
        const isWaiting = isHeld || state === 'rejoining';
        const isComing = state === 'connecting' || state === 'rejoining';
        const word = message ? t('recording.message') : t(isHeld ? 'work.held' : isComing ? 'work.connecting' : 'work.talking');
        return [
          isWaiting ? 'waiting' : 'talking',
          message ? '' : formats.clock(answeredAt === null ? 0 : now - answeredAt),
          `${word} · ${place}`,
        ];
      }
    }
  })();

  return (
    <button
      type="button"
      className={classes('work-item', `work-item-${tone}`)}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={() => stores.view.setState({ selectedId: interactionIdOf(entry) })}
    >
      <Sign className="icon" aria-hidden="true" />
      <span className="work-item-body">
        <span className="work-item-line">
          <span className="whole medium grow">{callerName(t, pop)}</span>
          <span className={classes('work-item-clock figures', `tone-${tone}`)}>{clock}</span>
        </span>
        <span className="cut small text-2 work-item-preview">{line}</span>
      </span>
    </button>
  );
}

function Footer({ stores, waiting }: { readonly stores: Stores; readonly waiting: number }) {
  const { t, formats } = useText();
  const today = useStore(stores.desk, (desk) => desk.today);
  const figures = [
    [formats.number(today.handled), t('work.handled')],
    [today.averageHandlingMs === null ? '–' : formats.clock(today.averageHandlingMs), t('work.average')],
    [formats.number(waiting), t('work.waiting')],
  ] as const;
  return (
    <dl className="work-list-foot">
      {figures.map(([figure, name]) => (
        <div key={name}>
          <dd>{figure}</dd>
          <dt>{name}</dt>
        </div>
      ))}
    </dl>
  );
}
