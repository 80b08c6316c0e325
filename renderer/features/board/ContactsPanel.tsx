import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { BoardContact, QueueRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { type BoardPanel, type Stores, totalsOf } from '../../stores/index.ts';
import { Badge, EmptyState, Facts, Segments } from '../../ui/index.ts';
import { Clock } from './Clock.tsx';
import type { BoardDeeds } from './deeds.ts';
import { PanelHead } from './PanelHead.tsx';
import { channelIcons, formulaName, formulaText, queueName } from './words.ts';

const longestList = 2_000;
/** Where written work of a queue is: one list each, a step from one to the next. */
export const writtenParts = ['waiting', 'handling', 'forCustomer', 'snoozed'] as const;

export interface ContactsPanelProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly panel: Extract<BoardPanel, { kind: 'contacts' }>;
  /** Those in sight: a number of all queues is of these. */
  readonly queues: readonly QueueRow[];
}

/** The contacts behind a number, and how the number is made. */
export function ContactsPanel({ stores, deeds, panel, queues }: ContactsPanelProps) {
  const text = useText();
  const { t, formats } = text;
  const board = useStore(stores.board, (state) => state.board);
  const mayRead = useStore(stores.desk, (desk) => desk.user?.rights.includes('contact:read') === true);
  const rows = useMemo(
    () => (panel.queueId === null ? queues : (board?.queues.filter(({ queueId }) => queueId === panel.queueId) ?? [])),
    [queues, board, panel.queueId],
  );
  const inSight = useMemo(() => new Set(queues.map(({ queueId }) => queueId)), [queues]);
  const contacts = panel.queueId === null ? panel.contacts?.filter(({ queueId }) => inSight.has(queueId)) : panel.contacts;
  const queue = panel.queueId === null ? t('board.allQueues') : queueName(board, panel.queueId, text);
  const totals = totalsOf(rows);
  const ofQueue = panel.queueId === null || rows[0]?.channel === 'voice' ? undefined : rows[0];
  const part = writtenParts.find((each) => each === panel.figure);

  return (
    <>
      <PanelHead deeds={deeds} more={contacts ? <Badge count={contacts.length} /> : undefined}>
        {t(`board.list.${panel.figure}`)}
      </PanelHead>
      <div className="board-side-body">
        {part && ofQueue ? (
          <div className="board-parts">
            <Segments
              label={t('board.parts')}
              value={part}
              onChange={(chosen) => deeds.showContacts(panel.queueId, chosen, chosen)}
              segments={writtenParts.map((value) => ({
                value,
                label: t(`board.part.${value}`, { count: ofQueue[value] }),
              }))}
            />
          </div>
        ) : null}
        <section className="board-formula">
          <h3 className="small text-3">
            {t('board.formula')} · {formulaName(text, panel.formula)} · {queue}
          </h3>
          <p className="small text-2">{formulaText(text, panel.formula, rows)}</p>
          {panel.formula === 'serviceLevel' ? (
            <Facts
              facts={(['serviceLevelNow', 'serviceLevelToday'] as const).map((which) => [
                t(which === 'serviceLevelNow' ? 'board.formula.now' : 'board.formula.today'),
                <span key={which} className="figures">
                  <b>{text.formats.percent(totals[which].percent)}</b>{' '}
                  <span className="text-3">
                    {t('board.formula.inTime', {
                      inTime: formats.number(totals[which].inTime),
                      of: formats.number(totals[which].of),
                    })}
                  </span>
                </span>,
              ])}
            />
          ) : null}
        </section>
        {panel.failure ? (
          <p className="board-loading tone-broken" role="alert">
            {t('board.list.failed')} {t(`failure.${panel.failure}`)}
          </p>
        ) : null}
        {!contacts && !panel.failure ? <p className="board-loading text-3">{t('board.list.loading')}</p> : null}
        {contacts?.length === 0 ? <EmptyState title={t('board.list.empty')} /> : null}
        <ul className="contact-list" aria-label={t(`board.list.${panel.figure}`)}>
          {contacts?.map((contact) => (
            <li key={contact.workItemId}>
              <ContactRow
                stores={stores}
                deeds={deeds}
                contact={contact}
                who={contact.who ?? t(mayRead ? 'board.list.unknown' : 'board.list.hidden')}
                queue={panel.queueId === null ? queueName(board, contact.queueId, text) : null}
                isParked={panel.figure === 'forCustomer' || panel.figure === 'snoozed'}
              />
            </li>
          ))}
        </ul>
        {contacts && contacts.length >= longestList ? <p className="board-loading small text-3">{t('board.list.mostly')}</p> : null}
      </div>
    </>
  );
}

function ContactRow({
  stores,
  deeds,
  contact,
  who,
  queue,
  isParked,
}: Pick<ContactsPanelProps, 'stores' | 'deeds'> & {
  readonly contact: BoardContact;
  readonly who: string;
  readonly queue: string | null;
  readonly isParked: boolean;
}) {
  const { t, formats } = useText();
  const Icon = channelIcons[contact.channel];
  const isWaiting = contact.answeredAt === null && contact.endedAt === null;
  const now = useStore(stores.board, ({ board }) => board?.at ?? contact.queuedAt);
  return (
    <button type="button" className="contact-row" onClick={() => deeds.showContact(contact)}>
      <Icon className="icon text-3" aria-label={t(`channel.${contact.channel}`)} />
      <span className="medium whole">{who}</span>{' '}
      <span className="small text-3 figures">
        {isWaiting ? <Clock stores={stores} since={contact.queuedAt} /> : formats.timeOfDay(contact.queuedAt)}
      </span>{' '}
      <span className="contact-row-detail small text-3 figures">
        {[
          queue,
          isWaiting || isParked ? null : t('board.list.waited', { clock: formats.clock(contact.waitedMs) }),
          contact.agentName,
          contact.snoozedUntil === null ? null : t('board.list.until', { when: formats.deadline(contact.snoozedUntil, now) }),
        ]
          .filter((part) => part !== null)
          .join(' · ') || formats.timeOfDay(contact.queuedAt)}
      </span>
    </button>
  );
}
