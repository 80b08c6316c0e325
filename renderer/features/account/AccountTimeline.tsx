import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { entrySigns, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, NearEnd, Section, Timeline } from '../../ui/index.ts';
import type { AccountDeeds } from './deeds.ts';

const pauseMs = 250;

/** What happened with all its people, on every channel; more of it comes as one goes down. */
export function AccountTimeline({ stores, deeds, now }: { readonly stores: Stores; readonly deeds: AccountDeeds; readonly now: number }) {
  const { t, formats } = useText();
  const stream = useStore(stores.account, (account) => account.stream);
  const accountId = useStore(stores.account, (account) => account.accountId);
  const [typed, setTyped] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another company begins without words
  useEffect(() => setTyped(''), [accountId]);
  useEffect(() => {
    const timer = setTimeout(() => void deeds.search(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, deeds]);
  const { items, asked, nextBefore, total } = stream;
  return (
    <Section title={t('account.timeline')} more={t('account.timelineAll', { count: total })}>
      <div className="field account-timeline-search">
        <Search className="icon text-3" aria-hidden="true" />
        <input
          value={typed}
          aria-label={t('account.timelineSearch')}
          placeholder={t('account.timelineSearch')}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
      <Timeline
        entries={items.map((item) => ({
          id: item.id,
          icon: entrySigns[item.kind],
          title: <span className="whole">{item.title}</span>,
          detail: [item.detail, item.outcome].filter(Boolean).join(' · '),
          when: formats.dateOrTime(item.at, now),
        }))}
      />
      {asked.phase === 'ready' && items.length === 0 ? (
        <p className="text-3">{t(stream.text === '' ? 'account.timelineNone' : 'account.timelineNotFound')}</p>
      ) : null}
      {asked.phase === 'failed' ? (
        <p className="row small">
          <span className="tone-broken">{t(`failure.${asked.code}`)}</span>
        </p>
      ) : null}
      {nextBefore !== null ? (
        <>
          <NearEnd key={nextBefore} onNear={() => void deeds.readMore()} />
          <Button size="small" disabled={asked.phase === 'loading'} onClick={() => void deeds.readMore()}>
            {t('account.timelineMore')}
          </Button>
        </>
      ) : null}
    </Section>
  );
}
