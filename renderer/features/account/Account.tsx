import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { AccountPage } from '../../../shared/contracts/account.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Button, EmptyState, useMinute } from '../../ui/index.ts';
import { About } from './About.tsx';
import { AccountHead } from './AccountHead.tsx';
import { AccountTimeline } from './AccountTimeline.tsx';
import { Care } from './Care.tsx';
import type { AccountDeeds } from './deeds.ts';
import { Figures } from './Figures.tsx';
import { Forms } from './Forms.tsx';
import { Holdings } from './Holdings.tsx';
import { People } from './People.tsx';
import { Use } from './Use.tsx';
import { Value } from './Value.tsx';
import { Visits } from './Visits.tsx';
import { Work } from './Work.tsx';
import './account.css';

export interface AccountProps {
  readonly stores: Stores;
  readonly deeds: AccountDeeds;
  readonly actions: Readonly<Record<'account.planVisit' | 'account.addAnniversary' | 'account.addGift', Action>>;
  /** Goes to the record of a person, and to a case, where there is such a place. */
  readonly onPerson?: ((contactId: string) => void) | undefined;
  readonly onCase?: ((each: { readonly contactId: string; readonly caseId: string }) => void) | undefined;
}

/** What every part of the page is given. */
export interface PartProps {
  readonly page: AccountPage;
  readonly deeds: AccountDeeds;
  readonly now: number;
  /** Nobody changes anything without the right to. */
  readonly isReadOnly: boolean;
}

/** The file of one company on one screen: what it is worth, what is planned, who decides, and what happened. */
export function Account({ stores, deeds, actions, onPerson, onCase }: AccountProps) {
  const { t } = useText();
  const { accountId, page, asked } = useStore(stores.account);
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const hasRight = useStore(stores.desk, (desk) => desk.user?.rights.includes('account:write') === true);
  const mayFinish = useStore(stores.desk, (desk) => desk.user?.rights.includes('contact:write') === true);
  const isReadOnly = !hasRight || page?.mayWrite !== true;
  useEffect(() => {
    if (!isReadOnly) void deeds.readChoices();
  }, [deeds, isReadOnly]);

  if (!page) {
    return (
      <main className="pane account-nothing" id="place-centre" tabIndex={-1}>
        {asked.phase === 'failed' ? (
          <EmptyState title={t('account.failed')} action={<Button onClick={() => void deeds.reload()}>{t('account.retry')}</Button>}>
            {t(`failure.${asked.code}`)}
          </EmptyState>
        ) : accountId === null ? (
          <EmptyState title={t('account.none')}>{t('account.noneText')}</EmptyState>
        ) : (
          <p className="text-3" role="status">
            {t('account.loading')}
          </p>
        )}
      </main>
    );
  }
  const part: PartProps = { page, deeds, now, isReadOnly };
  return (
    <main className="account" id="place-centre" tabIndex={-1} aria-label={page.name}>
      <AccountHead {...part} stores={stores} actions={actions} />
      <Figures page={page} now={now} />
      <div className="account-columns">
        <div className="account-column">
          <h2 className="sr-only">{t('account.column.worth')}</h2>
          <Use page={page} stores={stores} />
          <Value page={page} />
          <Holdings page={page} now={now} />
          <About {...part} stores={stores} />
        </div>
        <div className="account-column">
          <h2 className="sr-only">{t('account.column.planned')}</h2>
          <Care {...part} add={actions['account.addAnniversary']} />
          <Visits {...part} />
          <People {...part} onPerson={onPerson} />
          <Work {...part} mayFinish={mayFinish} addGift={actions['account.addGift']} onCase={onCase} />
        </div>
        <div className="account-column">
          <h2 className="sr-only">{t('account.column.happened')}</h2>
          <AccountTimeline stores={stores} deeds={deeds} now={now} />
        </div>
      </div>
      <Forms stores={stores} deeds={deeds} now={now} />
    </main>
  );
}
