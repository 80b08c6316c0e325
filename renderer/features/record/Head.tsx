import { ArrowLeft, Briefcase, CalendarClock, History, PhoneIncoming, Star, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { popOf, workOf } from '../../stores/index.ts';
import { Avatar, Button, Certainty, Chip, IconButton, tipOf } from '../../ui/index.ts';
import type { OpenProps } from './RecordPage.tsx';

/** Who it is, what they are to us, how sure that is, and what is done with them most. */
export function Head({
  stores,
  page,
  actions,
  menu,
  onAccount,
}: OpenProps & { readonly menu: ReactNode; onAccount(accountId: string): void }) {
  const { t } = useText();
  const { record, accounts, fields, cards } = page;
  const desk = useStore(stores.desk);
  // How sure is known of somebody who is in a contact now.
  const current = workOf(desk)
    .map((work) => popOf(work).match)
    .find((match) => match.kind === 'certain' && match.contact.contactId === record.contactId);
  const back = actions['record.back'];
  const history = actions['record.history'];
  const followUp = actions['record.followUp'];
  const openCase = actions['record.openCase'];
  const isCaller = actions['record.isCaller'];
  return (
    <header className="record-head">
      <IconButton icon={ArrowLeft} label={t('record.back')} shortcut={back.shortcut} onClick={back.perform} />
      <Avatar name={record.name} size="large" />
      <div className="record-who">
        <div className="row record-name-row">
          <h1 className="record-name whole">{record.name}</h1>
          {record.isKeyAccount ? (
            <Chip tone="outlined" icon={Star}>
              {t('customer.keyAccount', { tier: t(`customer.tier.${record.tier}`) })}
            </Chip>
          ) : record.tier === 'standard' ? null : (
            <Chip tone="outlined">{t(`customer.tier.${record.tier}`)}</Chip>
          )}
          {fields.stage ? <Chip>{t(`record.stage.${fields.stage}`)}</Chip> : null}
          {cards.length > 1 ? (
            <button
              type="button"
              className="record-cards"
              {...tipOf(actions['record.merges'].label, actions['record.merges'].shortcut)}
              onClick={actions['record.merges'].perform}
            >
              <Chip icon={Users}>{t('record.cards', { count: cards.length })}</Chip>
            </button>
          ) : null}
        </div>
        <p className="text-2 whole">
          {fields.title ? `${fields.title}${accounts.length > 0 ? ' · ' : ''}` : null}
          {accounts.length === 0 && !fields.title ? t('customer.private') : null}
          {accounts.map((account, index) => (
            <span key={account.accountId}>
              {index > 0 ? ', ' : ''}
              <button type="button" className="record-link" onClick={() => onAccount(account.accountId)}>
                {account.name}
              </button>
              {account.role ? <span className="text-3"> ({account.role})</span> : null}
            </span>
          ))}
        </p>
        {current?.kind === 'certain' ? (
          <div className="row record-sure">
            <Certainty level="certain">{t('customer.match.certain')}</Certainty>
            <span className="small text-3">{t(`customer.match.${current.reason}`)}</span>
          </div>
        ) : null}
      </div>
      <div className="record-head-end">
        {record.keyAccount ? (
          <span className="record-manager">
            <span className="small text-3">{t('customer.manager')}</span>
            <span className="medium">{record.keyAccount.managerName}</span>
          </span>
        ) : null}
        {isCaller.isEnabled ? (
          <Button icon={PhoneIncoming} kind="primary" shortcut={isCaller.shortcut} onClick={isCaller.perform}>
            {t('record.isCaller')}
          </Button>
        ) : null}
        <Button icon={CalendarClock} shortcut={followUp.shortcut} disabled={!followUp.isEnabled} onClick={followUp.perform}>
          {t('record.followUp')}
        </Button>
        <Button
          icon={Briefcase}
          kind={isCaller.isEnabled ? 'plain' : 'primary'}
          shortcut={openCase.shortcut}
          disabled={!openCase.isEnabled}
          onClick={openCase.perform}
        >
          {t('record.openCase')}
        </Button>
        <IconButton icon={History} label={history.label} shortcut={history.shortcut} onClick={history.perform} />
        {menu}
      </div>
    </header>
  );
}
