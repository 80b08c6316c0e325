import { Check, Pencil, Plus, Trash2, Users, X } from 'lucide-react';
import { useStore } from 'zustand';
import { channelSchema, tierSchema } from '../../../shared/contracts/contact.ts';
import { type FullIdentifier, type PersonFields, type Provenance, stages } from '../../../shared/contracts/record.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { Chip, IconButton, InPlace, Section } from '../../ui/index.ts';
import { CustomFields } from './CustomFields.tsx';
import { identifierIcons } from './icons.ts';
import type { OpenProps } from './RecordPage.tsx';

/** Who they are, how they are reached, and what they agreed to: each fact is changed where it stands. */
export function FactsColumn(props: OpenProps) {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="record-facts" aria-label={t('record.facts')} tabIndex={0}>
      <h2 className="sr-only">{t('record.facts')}</h2>
      <Person {...props} />
      <Identifiers {...props} />
      <Addresses {...props} />
      <Consent {...props} />
      <CustomFields {...props} />
      <Source provenance={props.page.provenance} />
    </section>
  );
}

const none = '';

function Person({ page, deeds, mayWrite }: OpenProps) {
  const text = useText();
  const { t } = text;
  const { fields } = page;
  const shared = { isReadOnly: !mayWrite, empty: t('record.notGiven') };
  const nullable = (value: string) => (value === none ? null : value);
  return (
    <Section title={t('record.person')}>
      <dl className="facts">
        <Fact name={t('record.field.name')}>
          <InPlace
            {...shared}
            label={t('record.field.name')}
            value={fields.name}
            problemOf={(typed) => (typed === '' ? t('record.nameNeeded') : null)}
            onSave={(name) => deeds.edit({ name })}
          />
        </Fact>
        <Fact name={t('record.field.title')}>
          <InPlace
            {...shared}
            label={t('record.field.title')}
            value={fields.title ?? none}
            onSave={(value) => deeds.edit({ title: nullable(value) })}
          />
        </Fact>
        <Fact name={t('record.field.tier')}>
          <InPlace
            {...shared}
            label={t('record.field.tier')}
            value={fields.tier}
            shown={t(`customer.tier.${fields.tier}`)}
            choices={tierSchema.options.map((value) => ({ value, label: t(`customer.tier.${value}`) }))}
            onSave={(value) => deeds.edit({ tier: value as PersonFields['tier'] })}
          />
        </Fact>
        <Fact name={t('record.field.stage')}>
          <InPlace
            {...shared}
            label={t('record.field.stage')}
            value={fields.stage ?? none}
            {...(fields.stage ? { shown: t(`record.stage.${fields.stage}`) } : {})}
            choices={[
              { value: none, label: t('record.notGiven') },
              ...stages.map((value) => ({ value, label: t(`record.stage.${value}`) })),
            ]}
            onSave={(value) => deeds.edit({ stage: nullable(value) as PersonFields['stage'] })}
          />
        </Fact>
        <Fact name={t('record.field.segment')}>
          <InPlace
            {...shared}
            label={t('record.field.segment')}
            value={fields.segment ?? none}
            onSave={(value) => deeds.edit({ segment: nullable(value) })}
          />
        </Fact>
        <Fact name={t('record.field.locale')}>
          <InPlace
            {...shared}
            label={t('record.field.locale')}
            value={fields.locale}
            shown={t(`language.${fields.locale}`)}
            choices={(['en', 'zh'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
            onSave={(value) => deeds.edit({ locale: value as PersonFields['locale'] })}
          />
        </Fact>
        <Fact name={t('record.field.birthday')}>
          <InPlace
            {...shared}
            label={t('record.field.birthday')}
            value={fields.birthday ?? none}
            placeholder="1984-03-28"
            {...(fields.birthday ? { shown: birthdayWords(text, fields.birthday) } : {})}
            problemOf={(typed) =>
              typed === '' || /^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(typed) ? null : t('record.badDay')
            }
            onSave={(value) => deeds.edit({ birthday: nullable(value) })}
          />
        </Fact>
      </dl>
    </Section>
  );
}

/** With the year where it is known; a day without one is not given this year's. */
function birthdayWords({ formats }: Text, day: string): string {
  const [first = 0, second = 1, third] = day.split('-').map(Number);
  if (third !== undefined) return formats.date(new Date(first, second - 1, third).getTime());
  return formats.date(new Date(new Date().getFullYear(), first - 1, second).getTime());
}

export function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Identifiers({ page, deeds, actions, stores, mayWrite }: OpenProps) {
  const text = useText();
  const { t } = text;
  const homeCountry = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? '');
  const add = actions['record.addIdentifier'];
  return (
    <Section
      title={t('customer.identifiers')}
      more={
        mayWrite ? (
          <IconButton icon={Plus} label={add.label} disabled={!add.isEnabled} aria-keyshortcuts="Alt+P" onClick={add.perform} />
        ) : undefined
      }
    >
      <ul className="record-identifiers">
        {page.identifiers.map((each) => {
          const Icon = identifierIcons[each.kind];
          const value = identifierText(each, homeCountry);
          return (
            <li key={each.identifierId}>
              <Icon className="icon text-3" aria-label={t(`record.kind.${each.kind}`)} />
              <span className="record-identifier">
                <span className="whole figures">
                  {value}
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

export function identifierText({ kind, value }: Pick<FullIdentifier, 'kind' | 'value'>, homeCountry: string): string {
  return kind === 'phone' || kind === 'mobile' ? formatNumber(value, homeCountry) : value;
}

export function sourceWords({ t, formats }: Text, provenance: NonNullable<Provenance>): string {
  const { source, at } = provenance;
  return at === null ? t('record.from', { source }) : t('record.fromAt', { source, date: formats.date(at) });
}

function Source({ provenance }: { readonly provenance: Provenance }) {
  const text = useText();
  if (!provenance) return null;
  return <p className="small text-3 record-source">{sourceWords(text, provenance)}</p>;
}

function Addresses({ page, deeds, mayWrite }: OpenProps) {
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
                {[each.postalCode, each.city, each.region, each.country ? formats.country(each.country) : null].filter(Boolean).join(' ')}
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

const consents = ['allowsRecording', 'allowsCallOffers', 'allowsSmsOffers', 'allowsEmailOffers'] as const;

function Consent({ page, deeds, mayWrite }: OpenProps) {
  const { t } = useText();
  const { fields } = page;
  const shared = { isReadOnly: !mayWrite, empty: t('record.notGiven') };
  return (
    <Section title={t('customer.consent')}>
      <dl className="facts">
        {consents.map((name) => (
          <Fact key={name} name={t(`record.field.${name}`)}>
            <InPlace
              {...shared}
              label={t(`record.field.${name}`)}
              value={fields[name] ? 'yes' : 'no'}
              shown={
                <Chip tone={fields[name] ? 'ready' : 'plain'} icon={fields[name] ? Check : X}>
                  {t(fields[name] ? 'record.agreed' : 'record.notAgreed')}
                </Chip>
              }
              choices={[
                { value: 'yes', label: t('record.agreed') },
                { value: 'no', label: t('record.notAgreed') },
              ]}
              onSave={(value) => deeds.edit({ [name]: value === 'yes' })}
            />
          </Fact>
        ))}
        <Fact name={t('record.field.prefersChannel')}>
          <InPlace
            {...shared}
            label={t('record.field.prefersChannel')}
            value={fields.prefersChannel ?? none}
            {...(fields.prefersChannel ? { shown: t(`record.channel.${fields.prefersChannel}`) } : {})}
            choices={[
              { value: none, label: t('record.notGiven') },
              ...channelSchema.options.map((value) => ({ value, label: t(`record.channel.${value}`) })),
            ]}
            onSave={(value) => deeds.edit({ prefersChannel: (value === none ? null : value) as PersonFields['prefersChannel'] })}
          />
        </Fact>
        <Fact name={t('record.prefersTime')}>
          <span className="row record-times">
            {(['prefersFrom', 'prefersUntil'] as const).map((name, index) => (
              <span key={name} className="row">
                {index === 1 ? <span className="text-3">–</span> : null}
                <InPlace
                  {...shared}
                  kind="time"
                  label={t(`record.field.${name}`)}
                  value={fields[name] ?? none}
                  onSave={(value) => deeds.edit({ [name]: value === none ? null : value })}
                />
              </span>
            ))}
          </span>
        </Fact>
      </dl>
    </Section>
  );
}
