import { Search, UserPlus, UserRound, UserRoundX, Users, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import type { Recorded } from '../../../shared/contracts/recording.ts';
import { callSign, type Text, useText } from '../../i18n/index.ts';
import { currentWork, interactionIdOf, popOf, type Stores, type Work } from '../../stores/index.ts';
import { type Action, Badge, Button, EmptyState, IconButton, Tabs, useMinute } from '../../ui/index.ts';
import { Cases } from './Cases.tsx';
import { CustomerHead } from './CustomerHead.tsx';
import { Overview, ValueStrip } from './Overview.tsx';
import { Products } from './Products.tsx';
import { type CurrentCall, RecordTimeline, type TimelineLoader } from './RecordTimeline.tsx';
import './customer.css';

export type { TimelineLoader } from './RecordTimeline.tsx';

export interface CustomerProps {
  readonly stores: Stores;
  readonly actions: Readonly<Record<'place.customer' | 'record.create' | 'app.palette', Action>>;
  readonly loadTimeline: TimelineLoader;
  /** What was recorded of a call, drawn where the call stands. */
  recordings(of: readonly Recorded[]): ReactNode;
  /** Opens the page of somebody, at one of their cases. */
  onOpen(contactId: string, caseId?: string): void;
  /** Compares two records that may be one person. */
  onCompare(keptId: string, absorbedId: string): void;
  /** Opens the whole of a conversation. */
  onConversation(conversationId: string): void;
  onClose(): void;
}

export function Customer({ stores, actions, loadTimeline, recordings, onOpen, onCompare, onConversation, onClose }: CustomerProps) {
  const text = useText();
  const { t } = text;
  const selectedId = useStore(stores.view, (view) => view.selectedId);
  const work = useStore(
    stores.desk,
    useShallow((desk) => currentWork(desk, selectedId)),
  );
  const homeCountry = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? '');
  const clockOffsetMs = useStore(stores.connection, (connection) => connection.clockOffsetMs);
  const now = useMinute(clockOffsetMs);
  const pop = work ? popOf(work) : null;

  return (
    <aside className="pane customer" aria-label={t('customer.label')} id="place-customer" tabIndex={-1}>
      <IconButton icon={X} label={t('customer.close')} className="customer-close" onClick={onClose} />
      {work === null || pop === null ? (
        <div className="customer-empty">
          <EmptyState icon={UserRound} title={t('customer.emptyTitle')}>
            {t('customer.emptyText')}
          </EmptyState>
        </div>
      ) : (
        <>
          <CustomerHead pop={pop} page={actions['place.customer']} />
          {pop.match.kind !== 'certain' ? (
            <div className="customer-empty is-below-head">
              {pop.match.kind === 'candidates' ? (
                <EmptyState icon={Users} title={t('customer.candidatesTitle')} action={<Elsewhere actions={actions} isNew={false} />}>
                  {t('customer.candidatesText')}
                </EmptyState>
              ) : (
                <EmptyState icon={UserRoundX} title={t('customer.unknownTitle')} action={<Elsewhere actions={actions} isNew />}>
                  {t(pop.written ? 'customer.unknownWritten' : 'customer.unknownText')}
                </EmptyState>
              )}
            </div>
          ) : work.kind === 'ringing' ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
            <section className="customer-page" aria-label={t('customer.tabs')} tabIndex={0}>
              <Overview record={pop.match.contact} now={now} homeCountry={homeCountry} onOpen={onOpen} onCompare={onCompare} />
            </section>
          ) : (
            <Record
              key={interactionIdOf(work)}
              record={pop.match.contact}
              current={currentOf(text, work)}
              now={now}
              clockOffsetMs={clockOffsetMs}
              homeCountry={homeCountry}
              loadTimeline={loadTimeline}
              recordings={recordings}
              onOpen={onOpen}
              onCompare={onCompare}
              onConversation={onConversation}
            />
          )}
        </>
      )}
    </aside>
  );
}

function Record({
  record,
  current,
  now,
  clockOffsetMs,
  homeCountry,
  loadTimeline,
  recordings,
  onOpen,
  onCompare,
  onConversation,
}: {
  readonly record: ContactRecord;
  readonly current: CurrentCall | null;
  readonly now: number;
  readonly clockOffsetMs: number;
  readonly homeCountry: string;
  readonly loadTimeline: TimelineLoader;
} & Pick<CustomerProps, 'recordings' | 'onOpen' | 'onCompare' | 'onConversation'>) {
  const { t } = useText();
  const [tab, setTab] = useState('timeline');
  return (
    <Tabs
      label={t('customer.tabs')}
      value={tab}
      onChange={setTab}
      tabs={[
        {
          value: 'overview',
          label: t('customer.tab.overview'),
          panel: <Overview record={record} now={now} homeCountry={homeCountry} onOpen={onOpen} onCompare={onCompare} />,
        },
        {
          value: 'timeline',
          label: t('customer.tab.timeline'),
          panel: (
            <>
              <ValueStrip record={record} now={now} />
              <RecordTimeline
                record={record}
                current={current}
                now={now}
                clockOffsetMs={clockOffsetMs}
                load={loadTimeline}
                recordings={recordings}
                onConversation={onConversation}
              />
            </>
          ),
        },
        {
          value: 'cases',
          label: (
            <>
              {t('customer.tab.cases')}
              {record.cases.length > 0 ? <Badge count={record.cases.length} /> : null}
            </>
          ),
          panel: <Cases cases={record.cases} now={now} isDetailed onOpen={(caseId) => onOpen(record.contactId, caseId)} />,
        },
        { value: 'products', label: t('customer.tab.products'), panel: <Products record={record} /> },
      ]}
    />
  );
}

/** Nobody of those on the screen: looked for on file, or new. */
function Elsewhere({ actions, isNew }: { readonly actions: CustomerProps['actions']; readonly isNew: boolean }) {
  const { t } = useText();
  const find = actions['app.palette'];
  const create = actions['record.create'];
  return (
    <span className="row customer-elsewhere">
      <Button icon={Search} shortcut={find.shortcut} onClick={find.perform}>
        {t('record.findCaller')}
      </Button>
      {isNew ? (
        <Button icon={UserPlus} shortcut={create.shortcut} disabled={!create.isEnabled} onClick={create.perform}>
          {t('search.new')}
        </Button>
      ) : null}
    </span>
  );
}

function currentOf({ formats }: Text, work: Work): CurrentCall | null {
  if (work.kind !== 'talking' && work.kind !== 'wrapping') return null;
  const { call, pop } = work.item;
  // Nobody is on the line; that a message was left is an entry of its own.
  if (call.message) return null;
  return {
    sign: callSign(pop, call),
    startedAt: call.answeredAt ?? pop.receivedAt,
    isOver: work.kind === 'wrapping',
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    queueName: pop.queueName[formats.language],
  };
}
