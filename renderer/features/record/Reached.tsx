import { Check, MailPlus, MessageSquarePlus, Pencil, Plus, Trash2, Users } from 'lucide-react';
import { useStore } from 'zustand';
import type { FullIdentifier } from '../../../shared/contracts/record.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import { identifierSigns, useText } from '../../i18n/index.ts';
import { Chip, IconButton, Section, TelLink } from '../../ui/index.ts';
import type { OpenProps } from './RecordPage.tsx';
import { sourceWords } from './Source.tsx';

/** Numbers, addresses and ids, each with how sure it is theirs, who else uses it and where it came from. */
export function Identifiers({ page, deeds, actions, stores, mayWrite }: OpenProps) {
  const text = useText();
  const { t } = text;
  const homeCountry = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? '');
  const add = actions['record.addIdentifier'];
  const writes = useStore(stores.desk, (desk) => desk.agent !== null && desk.user?.rights.includes('work:handle') === true);
  return (
    <Section
      title={t('customer.identifiers')}
      more={
        mayWrite ? (
          <IconButton icon={Plus} label={add.label} disabled={!add.isEnabled} shortcut={add.shortcut} onClick={add.perform} />
        ) : undefined
      }
    >
      <ul className="record-identifiers">
        {page.identifiers.map((each) => {
          const Icon = identifierSigns[each.kind];
          const value = identifierText(each, homeCountry);
          return (
            <li key={each.identifierId}>
              <Icon className="icon text-3" aria-label={t(`record.kind.${each.kind}`)} />
              <span className="record-identifier">
                <span className="whole figures">
                  {each.kind === 'phone' || each.kind === 'mobile' ? (
                    <TelLink number={each.value} text={value} label={t('dial.call', { number: value })} />
                  ) : each.kind === 'email' ? (
                    <MailAddress address={value} />
                  ) : (
                    value
                  )}
                  {each.extension ? <span className="text-3"> {t('record.extension', { extension: each.extension })}</span> : null}
                </span>
                <span className="small text-3 record-identifier-more">
                  {each.label ? <span>{each.label}</span> : null}
                  {each.verified ? (
                    <span className="tone-ready record-verified">
                      <Check className="icon icon-small" aria-hidden="true" />
                      {t('customer.verified')}
                    </span>
                  ) : null}
                  {each.shared ? <Chip icon={Users}>{each.accountId ? t('record.sharedAccount') : t('customer.shared')}</Chip> : null}
                  <span>
                    {each.lastUsedAt === null
                      ? t('record.neverUsed')
                      : t('customer.lastUsed', { date: text.formats.date(each.lastUsedAt) })}
                  </span>
                  {each.provenance ? <span>{sourceWords(text, each.provenance)}</span> : null}
                </span>
              </span>
              {writes && (each.kind === 'email' || each.kind === 'mobile') ? (
                <IconButton
                  icon={each.kind === 'email' ? MailPlus : MessageSquarePlus}
                  label={`${t(each.kind === 'email' ? 'newMessage.email' : 'newMessage.sms')}: ${value}`}
                  onClick={() =>
                    stores.inbox.setState({
                      panel: {
                        kind: 'new',
                        channel: each.kind === 'email' ? 'email' : 'sms',
                        to: each.value,
                        contactId: page.record.contactId,
                      },
                    })
                  }
                />
              ) : null}
              {mayWrite ? (
                <span className="record-identifier-deeds">
                  <IconButton
                    icon={Pencil}
                    label={t('record.changeIdentifier', { value })}
                    onClick={() => deeds.showForm({ kind: 'identifier', identifierId: each.identifierId })}
                  />
                  <IconButton
                    icon={Trash2}
                    label={t('record.removeIdentifier', { value })}
                    onClick={() => deeds.removeIdentifier(each.identifierId)}
                  />
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      {page.identifiers.length === 0 ? <p className="text-2">{t('record.noIdentifiers')}</p> : null}
    </Section>
  );
}

/** Where it does not fit its line it goes on behind the @, not in the middle of a word. */
function MailAddress({ address }: { readonly address: string }) {
  const at = address.indexOf('@') + 1;
  return (
    <>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </>
  );
}

function identifierText({ kind, value }: Pick<FullIdentifier, 'kind' | 'value'>, homeCountry: string): string {
  return kind === 'phone' || kind === 'mobile' ? formatNumber(value, homeCountry) : value;
}

export function Addresses({ page, deeds, mayWrite }: OpenProps) {
  const { t, formats } = useText();
  return (
    <Section
      title={t('record.addresses')}
      more={
        mayWrite ? (
          <IconButton icon={Plus} label={t('record.addAddress')} onClick={() => deeds.showForm({ kind: 'address', addressId: null })} />
        ) : undefined
      }
    >
      {page.addresses.length === 0 ? <p className="text-2">{t('record.noAddresses')}</p> : null}
      <ul className="record-addresses">
        {page.addresses.map((each) => (
          <li key={each.addressId}>
            <span className="grow">
              <span className="small text-3 record-address-kind">{t(`record.address.${each.kind}`)}</span>
              <span className="whole record-address-lines">{each.lines}</span>
              <span className="whole">
                {[[each.postalCode, each.city, each.region].filter(Boolean).join(' '), each.country ? formats.country(each.country) : '']
                  .filter(Boolean)
                  .join(formats.language === 'zh' ? ' ' : ', ')}
              </span>
            </span>
            {mayWrite ? (
              <IconButton
                icon={Pencil}
                label={t('record.changeAddress', { kind: t(`record.address.${each.kind}`) })}
                onClick={() => deeds.showForm({ kind: 'address', addressId: each.addressId })}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
