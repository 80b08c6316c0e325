import { ArrowUpRight, Star } from 'lucide-react';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { callerName, useText } from '../../i18n/index.ts';
import { type Action, Avatar, Certainty, Chip, IconButton } from '../../ui/index.ts';

/** Who it is, and how sure that is, with the reason in words. */
export function CustomerHead({ pop, page }: { readonly pop: ScreenPop; readonly page: Action }) {
  const { t } = useText();
  const { match, caller } = pop;
  const contact = match.kind === 'certain' ? match.contact : null;
  const name = match.kind === 'unknown' && !pop.written ? t('unknown.title') : callerName(t, pop);
  const level = match.kind === 'certain' ? 'certain' : match.kind === 'candidates' ? 'likely' : 'unknown';
  const reason = (() => {
    switch (match.kind) {
      case 'certain':
        return t(`customer.match.${match.reason}`);
      case 'candidates':
        return t('customer.match.candidates', { count: match.candidates.length });
      case 'unknown':
        return t(
          pop.written && pop.written.channel !== 'voice' && pop.written.channel !== 'sms'
            ? 'customer.match.addressNotOnFile'
            : 'customer.match.numberNotOnFile',
        );
      case 'anonymous':
        return t('customer.match.numberWithheld');
    }
  })();
  const where = (() => {
    if (match.kind === 'candidates') return t(`caller.kind.${caller.kind}`);
    // Who writes may be known by their address or number alone, which is said once.
    if (!contact && pop.written && pop.written.channel !== 'voice' && name === caller.display)
      return t(`inbox.head.${pop.written.channel}`);
    if (!contact) return match.kind === 'anonymous' ? t('path.dialled.number', { number: pop.dialled }) : caller.display;
    if (!contact.accountName) return contact.title ?? t('customer.private');
    return contact.title ? t('customer.titleAt', { title: contact.title, account: contact.accountName }) : contact.accountName;
  })();
  return (
    <header className="customer-head">
      <Avatar name={contact?.name ?? null} size="large" />
      <div className="grow">
        <div className="row customer-name-row">
          <h2 className="customer-name whole">{name}</h2>
          {contact ? <TierChip isKeyAccount={contact.isKeyAccount} tier={contact.tier} /> : null}
        </div>
        <div className="whole text-2">{where}</div>
        <div className="row customer-match">
          <Certainty level={level}>{t(`customer.match.${level}`)}</Certainty>
          <span className="cut small text-3">{reason}</span>
        </div>
      </div>
      {contact ? <IconButton icon={ArrowUpRight} label={t('record.page')} shortcut={page.shortcut} onClick={page.perform} /> : null}
    </header>
  );
}

function TierChip({ isKeyAccount, tier }: { readonly isKeyAccount: boolean; readonly tier: 'standard' | 'silver' | 'gold' | 'diamond' }) {
  const { t } = useText();
  if (isKeyAccount) {
    return (
      <Chip tone="outlined" icon={Star}>
        {t('customer.keyAccount', { tier: t(`customer.tier.${tier}`) })}
      </Chip>
    );
  }
  return tier === 'standard' ? null : <Chip tone="outlined">{t(`customer.tier.${tier}`)}</Chip>;
}
