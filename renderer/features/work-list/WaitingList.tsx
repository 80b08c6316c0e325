import { useStore } from 'zustand';
import { channelSigns, useText } from '../../i18n/index.ts';
import { type Stores, waitingInOrder } from '../../stores/index.ts';
import { classes } from '../../ui/index.ts';
import { clockOf } from './WrittenItem.tsx';

export interface WaitingListProps {
  readonly stores: Stores;
  readonly now: number;
  onTake(workItemId: string): void;
}

/** Written work that waits in the agent's queues. A click or Enter takes it out, past whoever would be offered it. */
export function WaitingList({ stores, now, onTake }: WaitingListProps) {
  const text = useText();
  const { t } = text;
  const waiting = useStore(stores.desk, (desk) => desk.inbox.waiting);
  const isBusy = useStore(stores.view, (view) => view.pending.includes('accept'));
  if (waiting.length === 0) return null;
  return (
    <section aria-label={t('inbox.waitingInQueue')}>
      <h3 className="work-group small medium text-3">{t('inbox.waitingInQueue')}</h3>
      <ul>
        {waitingInOrder(waiting).map((work) => {
          const Sign = channelSigns[work.channel];
          const { channel, answerBy, queuedAt } = work;
          const clock = clockOf(text, { state: 'open', snoozedUntil: null, waitsSince: queuedAt, answerBy }, channel, now);
          return (
            <li key={work.workItemId}>
              <button
                type="button"
                className="work-item work-item-written"
                disabled={isBusy}
                title={t('inbox.takeOf', { name: work.name })}
                onClick={() => onTake(work.workItemId)}
              >
                <Sign className="icon" aria-label={t(`channel.${work.channel}`)} />
                <span className="work-item-body">
                  <span className="work-item-line">
                    <span className="whole medium grow">{work.name}</span>
                    <span className={classes('work-item-clock figures', clock.tone && `tone-${clock.tone}`)}>{clock.text}</span>
                  </span>
                  <span className="work-item-line">
                    <span className="cut small text-2 grow work-item-preview">{work.subject ?? work.preview}</span>
                    <span className="small tone-accent work-item-take">{t('inbox.take')}</span>
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
