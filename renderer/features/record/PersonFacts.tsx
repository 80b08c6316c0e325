import { Check, X } from 'lucide-react';
import { channelSchema, tierSchema } from '../../../shared/contracts/contact.ts';
import { type PersonFields, stages } from '../../../shared/contracts/record.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { Chip, InPlace, Section } from '../../ui/index.ts';
import { Fact } from './Fact.tsx';
import type { OpenProps } from './RecordPage.tsx';

const none = '';

/** Who they are to us. */
export function Person({ page, deeds, mayWrite }: OpenProps) {
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

const consents = ['allowsRecording', 'allowsCallOffers', 'allowsSmsOffers', 'allowsEmailOffers'] as const;

/** What they agreed to, and how and when they want to be reached. */
export function Consent({ page, deeds, mayWrite }: OpenProps) {
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
