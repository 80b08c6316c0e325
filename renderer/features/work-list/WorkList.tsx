import { Plus } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { callerName, callSign, channelSigns, useText } from '../../i18n/index.ts';
import {
  type CallWork,
  currentWork,
  type InboxGroups,
  inboxGroups,
  interactionIdOf,
  isSpokenIn,
  owedToday,
  popOf,
  type Stores,
  workOf,
  wrapUpClockMs,
} from '../../stores/index.ts';
import { type Action, classes, EmptyState, IconButton, Kbd, Menu, MenuItem, Segments, useMinute, useNow } from '../../ui/index.ts';
import { PromisedToday, type PromisedTodayProps } from './PromisedToday.tsx';
import { Queues } from './Queues.tsx';
import { WaitingList } from './WaitingList.tsx';
import { WrittenItem } from './WrittenItem.tsx';
import './work-list.css';

export interface WorkListProps {
  readonly stores: Stores;
  readonly next: Action;
  /** What one begins of one's own accord. */
  readonly begins: readonly Action[];
  /** What the agent has done today, at the foot. */
  readonly figures: ReactNode;
  onTake(workItemId: string): void;
  onAccept(reservationId: string): void;
  /** Of what one owes to customers. */
  readonly owed: Pick<PromisedTodayProps, 'onDone' | 'onShow'>;
}

export function WorkList({ stores, next, begins, figures, onTake, onAccept, owed }: WorkListProps) {
  const { t } = useText();
  const desk = useStore(stores.desk);
  const selectedId = useStore(stores.view, (view) => view.selectedId);
  const minute = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const [scope, setScope] = useState<'mine' | 'queue'>('mine');
  const work = workOf(desk);
  const current = currentWork(desk, selectedId);
  const mine = useStore(stores.followUps, (state) => state.mine);
  const promised = owedToday(mine, minute).length;
  const waiting = desk.queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const calls = work.filter((entry): entry is CallWork => entry.kind !== 'written');
  const groups = inboxGroups(desk.inbox.mine);
  const currentId = current && interactionIdOf(current);

  return (
    <section className="pane work-list" aria-label={t('work.title')}>
      <div className="pane-head">
        <h2>{t('work.title')}</h2>
        <Begin begins={begins} />
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
                  {t('work.mine')} <span className="text-3">{work.length + promised}</span>
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
          <Waiting stores={stores} onTake={onTake} />
        ) : work.length + promised === 0 ? (
          <EmptyState title={t('work.emptyTitle')}>
            {desk.agent?.presence === 'available' ? t('work.emptyReady') : t('work.emptyAway')}
          </EmptyState>
        ) : (
          <>
            <ul>
              {calls.map((entry) => (
                <li key={interactionIdOf(entry)}>
                  <WorkItem entry={entry} stores={stores} isCurrent={interactionIdOf(entry) === currentId} onAccept={onAccept} />
                </li>
              ))}
            </ul>
            <WrittenGroups stores={stores} groups={groups} currentId={currentId} nextKey={next.shortcut} />
            <PromisedToday stores={stores} {...owed} />
          </>
        )}
      </div>
      <Room stores={stores} />
      {figures}
    </section>
  );
}

const Begin = memo(function Begin({ begins }: Pick<WorkListProps, 'begins'>) {
  const { t } = useText();
  return (
    <Menu trigger={<IconButton icon={Plus} label={t('work.new')} />}>
      {begins.map((action) => (
        <MenuItem key={action.id} label={action.label} shortcut={action.shortcut} isOff={!action.isEnabled} onChoose={action.perform} />
      ))}
    </Menu>
  );
});

/** What is written, whoever waits first. Drawn anew only when something of it is another. */
const WrittenGroups = memo(function WrittenGroups({
  stores,
  groups,
  currentId,
  nextKey,
}: {
  readonly stores: Stores;
  readonly groups: InboxGroups;
  readonly currentId: string | null;
  readonly nextKey: Action['shortcut'];
}) {
  const { t } = useText();
  return (['answer', 'others'] as const).map((group) =>
    groups[group].length === 0 ? null : (
      <section key={group} aria-label={t(groupNames[group])}>
        <h3 className="work-group small medium text-3">
          {t(groupNames[group])}
          {group === 'answer' && nextKey ? (
            <span className="push">
              <Kbd keys={nextKey} />
            </span>
          ) : null}
        </h3>
        <ul className="work-written">
          {groups[group].map((item) => (
            <li key={item.interactionId}>
              <WrittenItem stores={stores} work={item} isCurrent={item.interactionId === currentId} />
            </li>
          ))}
        </ul>
      </section>
    ),
  );
});

/** What waits for whoever is next. */
function Waiting({ stores, onTake }: Pick<WorkListProps, 'stores' | 'onTake'>) {
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const queues = useStore(stores.desk, (desk) => desk.queues);
  return (
    <>
      <WaitingList stores={stores} now={now} onTake={onTake} />
      <Queues queues={queues} now={now} />
    </>
  );
}

const groupNames = { answer: 'inbox.answerNext', others: 'inbox.waitingForCustomer' } as const;

function WorkItem({
  entry,
  stores,
  isCurrent,
  onAccept,
}: {
  readonly entry: CallWork;
  readonly stores: Stores;
  readonly isCurrent: boolean;
  onAccept(reservationId: string): void;
}) {
  const { t, formats } = useText();
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const outcome = useStore(stores.view, (view) => view.outcomes[interactionIdOf(entry)]);
  const pop = popOf(entry);
  const account = pop.match.kind === 'certain' ? pop.match.contact.accountName : null;
  const place = account ?? pop.queueName[formats.language];
  const Sign = callSign(pop, entry.kind === 'talking' || entry.kind === 'wrapping' ? entry.item.call : null);

  const offered = entry.kind === 'ringing' && entry.offer.channel !== 'voice' ? entry.offer.channel : null;

  const [tone, clock, line] = ((): [string, string, string] => {
    switch (entry.kind) {
      case 'ringing':
        return [
          'waiting',
          formats.clock(entry.offer.ringsUntil - now),
          `${offered === null ? t('work.ringing') : t(`inbox.offer.${offered}`)} · ${place}`,
        ];
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
      onKeyDown={(event) => {
        // The second Enter on what is offered in writing takes it; a call is answered by its own keys.
        if (event.key !== 'Enter' || offered === null || !isCurrent || entry.kind !== 'ringing') return;
        event.preventDefault();
        onAccept(entry.offer.reservationId);
      }}
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

/** How much is in hand of what one may have at once, by channel; calls have their bar. */
function Room({ stores }: { readonly stores: Stores }) {
  const { t } = useText();
  const room = useStore(stores.desk, (desk) => desk.agent?.room);
  const written = (room ?? []).filter(({ channel }) => channel !== 'voice');
  if (written.length === 0) return null;
  return (
    <ul className="work-room" aria-label={t('work.room')}>
      {written.map(({ channel, inHand, most }) => {
        const Sign = channelSigns[channel];
        const words = t('work.room.of', { channel: t(`channel.${channel}`), inHand, most });
        return (
          <li key={channel} title={words} className={classes('small figures', inHand >= most ? 'tone-waiting' : 'text-3')}>
            <Sign className="icon" aria-hidden="true" />
            <span aria-hidden="true">
              {inHand}/{most}
            </span>
            <span className="sr-only">{words}</span>
          </li>
        );
      })}
    </ul>
  );
}
