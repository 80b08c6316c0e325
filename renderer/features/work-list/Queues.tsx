import type { QueueView } from '../../../shared/contracts/queue.ts';
import { useText } from '../../i18n/index.ts';
import { classes, EmptyState } from '../../ui/index.ts';

/** The queues this agent works for: who waits, how long, and how many colleagues are free. */
export function Queues({ queues, now }: { readonly queues: readonly QueueView[]; readonly now: number }) {
  const { t, formats } = useText();
  if (queues.length === 0) return <EmptyState title={t('work.queueNoOne')}>{t('work.queueEmpty')}</EmptyState>;
  return (
    <ul>
      {queues.map((queue) => (
        <li key={queue.queueId} className="queue-row">
          <span className="cut medium grow">{queue.name[formats.language]}</span>
          <span className={classes('queue-count', queue.waiting > 0 && 'tone-waiting')}>{queue.waiting}</span>
          <span className="cut small text-3 grow">
            {queue.waiting === 0 || queue.longestWaitSince === null
              ? t('work.queueNoOne')
              : t('work.queueWaiting', { count: queue.waiting, clock: formats.clock(now - queue.longestWaitSince) })}
          </span>
          <span className="small text-3">{t('work.queueFree', { count: queue.agentsFree })}</span>
        </li>
      ))}
    </ul>
  );
}
