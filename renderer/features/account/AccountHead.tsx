import { CalendarPlus, ChevronRight, Ellipsis, Star } from 'lucide-react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Avatar, Button, Chip, IconButton, Menu, MenuGroup, MenuItem } from '../../ui/index.ts';
import type { PartProps } from './Account.tsx';
import { peopleCount } from './words.ts';

/** Who it is, where it belongs, who looks after it; at the right what is done most. */
export function AccountHead({
  page,
  deeds,
  isReadOnly,
  stores,
  actions,
}: PartProps & {
  readonly stores: Stores;
  readonly actions: Readonly<Record<'account.planVisit' | 'account.addAnniversary' | 'account.addGift', Action>>;
}) {
  const { t, formats } = useText();
  const isLoading = useStore(stores.account, ({ asked }) => asked.phase === 'loading');
  const plan = actions['account.planVisit'];
  const tier = page.tier ? t(`customer.tier.${page.tier}`) : null;
  const facts = [
    page.members.length > 0 ? t('account.companies', { count: page.members.length + 1 }) : null,
    t('account.contacts', { count: peopleCount(page) }),
    page.customerSince === null ? null : t('account.since', { year: String(new Date(page.customerSince).getFullYear()) }),
  ].filter((each) => each !== null);
  return (
    <header className="account-head">
      <Avatar name={page.name} size="large" />
      <div className="grow">
        <div className="row account-name-row">
          <h1 className="account-name whole">{page.name}</h1>
          {page.isKeyAccount ? (
            <Chip tone="outlined" icon={Star}>
              {tier ? t('customer.keyAccount', { tier }) : t('account.keyAccount')}
            </Chip>
          ) : tier ? (
            <Chip tone="outlined">{tier}</Chip>
          ) : null}
          {page.stage ? <Chip>{t(`account.stage.${page.stage}`)}</Chip> : null}
          {page.kind === 'household' ? <Chip>{t('account.household')}</Chip> : null}
        </div>
        <div className="account-path small text-3">
          {page.parent ? (
            <button type="button" className="account-link" onClick={() => page.parent && deeds.show(page.parent.accountId)}>
              {t('account.partOf', { name: page.parent.name })}
            </button>
          ) : null}
          {page.orgPath.map(({ id, name }, index) => (
            <span key={id} className="row account-office">
              {index > 0 ? <ChevronRight className="icon icon-small" aria-hidden="true" /> : null}
              <span className={index === page.orgPath.length - 1 ? 'text-2 medium' : undefined}>{name[formats.language]}</span>
            </span>
          ))}
          <span>
            {page.orgPath.length > 0 ? '· ' : ''}
            {facts.join(t('account.and'))}
          </span>
        </div>
      </div>
      <div className="account-manager">
        <div className="account-manager-words">
          <span className="small text-3">{t('account.manager')}</span>
          <span className="medium">{page.managerName ?? t('account.noManager')}</span>
          {page.deputies.length > 0 ? (
            <span className="small text-3">
              {t('account.deputies', { names: page.deputies.map(({ name }) => name).join(t('account.and')) })}
            </span>
          ) : null}
        </div>
        <Avatar name={page.managerName} />
      </div>
      {isReadOnly ? null : (
        <div className="row account-buttons">
          <Button
            kind="primary"
            icon={CalendarPlus}
            shortcut={plan.shortcut}
            disabled={!plan.isEnabled || isLoading}
            onClick={plan.perform}
          >
            {plan.label}
          </Button>
          <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('account.more')} />}>
            <MenuGroup label={page.name}>
              {(['account.addAnniversary', 'account.addGift'] as const).map((id) => (
                <MenuItem
                  key={id}
                  label={actions[id].label}
                  shortcut={actions[id].shortcut}
                  isOff={!actions[id].isEnabled}
                  onChoose={actions[id].perform}
                />
              ))}
            </MenuGroup>
          </Menu>
        </div>
      )}
    </header>
  );
}
