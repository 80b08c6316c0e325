import { useState } from 'react';
import { useStore } from 'zustand';
import type { BoardContact } from '../../../shared/contracts/board.ts';
import { knowSentence, useText } from '../../i18n/index.ts';
import type { BoardPanel, Stores, WhyAnswer } from '../../stores/index.ts';
import { Button, Chip, Facts, Field, Menu, MenuItem, Section, useSecond } from '../../ui/index.ts';
import { Clock } from './Clock.tsx';
import type { BoardDeeds } from './deeds.ts';
import { Give } from './Give.tsx';
import { PanelHead } from './PanelHead.tsx';
import { Release } from './Release.tsx';
import { WhyList } from './WhyList.tsx';
import { queueName } from './words.ts';

export interface ContactPanelProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly panel: Extract<BoardPanel, { kind: 'contact' }>;
}

/** One contact: why it waits or where it went, what a supervisor can do about it, and whose it is. */
export function ContactPanel({ stores, deeds, panel }: ContactPanelProps) {
  const text = useText();
  const { t, formats } = text;
  const state = useStore(stores.board);
  const { why } = panel;
  const contact = asItIs(panel.contact, why);
  const isSupervisor = useStore(stores.desk, (desk) => desk.user?.rights.includes('agent:supervise') === true);
  const place = placeOf(contact, why);
  const now = state.board?.at ?? contact.queuedAt;
  const who = contact.who ?? t('board.why.somebody');
  return (
    <>
      <PanelHead
        deeds={deeds}
        more={
          place === 'waiting' ? (
            <Chip tone="waiting">
              <Clock stores={stores} since={contact.queuedAt} />
            </Chip>
          ) : undefined
        }
      >
        {contact.who ?? t('board.contact')}
      </PanelHead>
      <div className="board-side-body">
        <Section title={place === 'waiting' ? t('board.why.waiting', { who }) : t('board.why.went')}>
          <WhyList answer={why} state={state} about={null} />
        </Section>
        {isSupervisor && place !== 'over' ? (
          <Section>
            {place === 'waiting' ? (
              <WaitingDeeds stores={stores} deeds={deeds} contact={contact} />
            ) : (
              <ReleaseDeed stores={stores} deeds={deeds} contact={contact} />
            )}
            {contact.channel === 'voice' ? null : (
              <div className="board-deeds">
                <Give stores={stores} deeds={deeds} contact={contact} />
              </div>
            )}
          </Section>
        ) : null}
        <Section>
          <Facts
            facts={[
              [t('board.fact.queue'), queueName(state.board, contact.queueId, text)],
              [t('board.fact.received'), formats.timeOfDay(contact.receivedAt)],
              [
                t('board.fact.waited'),
                place === 'waiting' ? <Clock key="waited" stores={stores} since={contact.queuedAt} /> : formats.clock(contact.waitedMs),
              ],
              ...(contact.agentName === null ? [] : [[t('board.fact.agent'), contact.agentName] as const]),
              ...(contact.snoozedUntil === null
                ? []
                : [[t('board.list.snoozed'), t('board.list.until', { when: formats.deadline(contact.snoozedUntil, now) })] as const]),
              ...(contact.endedAt === null ? [] : [[t('board.fact.ended'), formats.timeOfDay(contact.endedAt)] as const]),
            ]}
          />
        </Section>
        {panel.record ? <RecordSection stores={stores} record={panel.record} /> : null}
      </div>
    </>
  );
}

/** Where a contact is by the newest answer: the row it was opened from may be of a moment ago. */
function placeOf(contact: BoardContact, why: WhyAnswer): 'waiting' | 'held' | 'over' {
  if (contact.endedAt !== null) return 'over';
  if (why.phase === 'told') {
    const codes = why.why.now.map(({ code }) => code);
    if (codes.includes('itemUnknown')) return 'over';
    if (codes.some((code) => code === 'itemAssigned' || code === 'itemForCustomer' || code === 'itemSnoozed')) return 'held';
  }
  return contact.answeredAt === null ? 'waiting' : 'held';
}

/** Whose it is by the newest answer, and whether it is put off still. */
function asItIs(contact: BoardContact, why: WhyAnswer): BoardContact {
  const now = why.phase === 'told' && contact.endedAt === null ? why.why.now : [];
  const snoozedUntil = now.length === 0 || now.some(({ code }) => code === 'itemSnoozed') ? contact.snoozedUntil : null;
  const held = now.find(({ code }) => code === 'itemAssigned' || code === 'itemForCustomer' || code === 'itemSnoozed');
  const { agentId, agent } = held?.facts ?? {};
  if (typeof agentId === 'string') return { ...contact, snoozedUntil, agentId, agentName: typeof agent === 'string' ? agent : null };
  const isNobodys = now.some(({ code }) => code === 'itemRings' || code === 'positionInQueue');
  return isNobodys ? { ...contact, snoozedUntil, agentId: null, agentName: null } : { ...contact, snoozedUntil };
}

function WaitingDeeds({ stores, deeds, contact }: Omit<ContactPanelProps, 'panel'> & { readonly contact: BoardContact }) {
  const text = useText();
  const { t, formats } = text;
  const board = useStore(stores.board, (state) => state.board);
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('floor'));
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { workItemId } = contact;
  const targets = board?.queues.filter(({ queueId, channel }) => queueId !== contact.queueId && channel === contact.channel) ?? [];
  const setPriority = () => {
    const priority = Number(typed);
    if (typed.trim() === '' || !Number.isInteger(priority) || priority < 0 || priority > 100) {
      setProblem(t('board.priority.problem'));
      return;
    }
    setProblem(null);
    deeds.moveItem({ workItemId, priority, queueId: null });
  };
  return (
    <form
      className="board-deeds"
      onSubmit={(event) => {
        event.preventDefault();
        setPriority();
      }}
    >
      <Field
        className="board-priority"
        label={t('board.priority')}
        inputMode="numeric"
        value={typed}
        problem={problem}
        onChange={(event) => setTyped(event.target.value)}
        after={
          <Button type="submit" size="small" disabled={isBusy}>
            {t('board.priority.set')}
          </Button>
        }
      />
      {targets.length > 0 ? (
        <Menu
          trigger={
            <Button size="small" disabled={isBusy}>
              {t('board.moveTo')}
            </Button>
          }
        >
          {targets.map(({ queueId, name }) => (
            <MenuItem
              key={queueId}
              label={name[formats.language]}
              onChoose={() => deeds.moveItem({ workItemId, priority: null, queueId })}
            />
          ))}
        </Menu>
      ) : null}
    </form>
  );
}

function ReleaseDeed({ stores, deeds, contact }: Omit<ContactPanelProps, 'panel'> & { readonly contact: BoardContact }) {
  const text = useText();
  const { t } = text;
  const board = useStore(stores.board, (state) => state.board);
  const work = board?.agents.flatMap(({ works }) => works).find(({ interactionId }) => interactionId === contact.interactionId);
  return (
    <div className="board-deeds">
      <Release
        stores={stores}
        deeds={deeds}
        interactionId={contact.interactionId}
        isConversation={work ? work.state === 'engaged' : contact.channel === 'voice'}
        isWritten={contact.channel !== 'voice'}
        agent={contact.agentName ?? t('board.step.somebody')}
        queue={queueName(board, contact.queueId, text)}
      />
      <span className="board-deeds-hint small text-3">{t('board.release.hint')}</span>
    </div>
  );
}

function RecordSection({
  stores,
  record,
}: {
  readonly stores: Stores;
  readonly record: NonNullable<ContactPanelProps['panel']['record']>;
}) {
  const text = useText();
  const { t, formats } = text;
  const now = useSecond(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const number = record.identifiers.find(({ kind }) => kind === 'mobile' || kind === 'phone');
  return (
    <Section title={t('board.record')}>
      <p className="strong whole">{record.name}</p>
      <Facts
        facts={[
          ...(record.accountName === null ? [] : [[t('board.fact.company'), record.accountName] as const]),
          [t('board.fact.tier'), t(`customer.tier.${record.tier}`)],
          ...(number ? [[t('board.fact.number'), number.value] as const] : []),
        ]}
      />
      <ul className="record-know">
        {record.thingsToKnow.length === 0 ? <li className="text-3">{t('board.record.nothingToKnow')}</li> : null}
        {record.thingsToKnow.map((thing) => {
          const { title, detail } = knowSentence(text, thing, now);
          return (
            <li key={thing.code}>
              <span className="medium">{title}</span>
              {detail ? <span className="small text-2"> {detail}</span> : null}
            </li>
          );
        })}
      </ul>
      {record.timeline.items.slice(0, 3).map((item) => (
        <p key={item.id} className="record-contact small text-2">
          <span className="text-3">{formats.date(item.at)}</span> <span className="whole">{item.title}</span>
        </p>
      ))}
    </Section>
  );
}
