import { Cake, Check, Users, X } from 'lucide-react';
import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import { days } from '../../../shared/duration.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import { daysUntil, identifierSigns, likenessSentence, type Text, useText } from '../../i18n/index.ts';
import { AfterPaint, Button, Chip, Section, TelLink } from '../../ui/index.ts';
import { Cases } from './Cases.tsx';
import { Know } from './Know.tsx';
import { LastContacts } from './LastContacts.tsx';
import { Products } from './Products.tsx';

/** The whole record on one page, the most telling first. */
export function Overview({
  record,
  now,
  homeCountry,
  onOpen,
  onCompare,
}: {
  readonly record: ContactRecord;
  readonly now: number;
  readonly homeCountry: string;
  onOpen(contactId: string, caseId?: string): void;
  onCompare(keptId: string, absorbedId: string): void;
}) {
  const { t } = useText();
  return (
    <>
      <Know record={record} now={now} />
      <LastContacts record={record} title={t('customer.lastContacts')} />
      <Cases cases={record.cases} now={now} onOpen={(caseId) => onOpen(record.contactId, caseId)} />
      <AfterPaint key={record.contactId}>
        <Products record={record} limit={3} />
        <KeyAccount record={record} now={now} />
        <Consent record={record} />
        <Identifiers record={record} homeCountry={homeCountry} />
        <Duplicates record={record} onCompare={onCompare} />
        <RecordNotes record={record} />
      </AfterPaint>
    </>
  );
}

function KeyAccount({ record, now }: { readonly record: ContactRecord; readonly now: number }) {
  const { t, formats } = useText();
  if (!record.keyAccount) return null;
  const { managerName, anniversaries } = record.keyAccount;
  return (
    <Section title={t('customer.keyAccountTitle')} more={`${t('customer.manager')} ${managerName}`}>
      <ul className="list">
        {anniversaries.map((each) => (
          <li key={`${each.label}-${each.day}`}>
            <Cake className="icon" aria-hidden="true" />
            <span className="whole">{each.label}</span>
            <span className="list-end">
              {formats.date(now + days(each.inDays))} ·{' '}
              {each.inDays === 0
                ? t('customer.anniversary.today')
                : each.inDays === 1
                  ? t('customer.anniversary.tomorrow')
                  : t('customer.anniversary.in', { count: each.inDays })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Consent({ record }: { readonly record: ContactRecord }) {
  const { t } = useText();
  const { recording, smsOffers, emailOffers } = record.consent;
  const consents = [
    ['customer.consent.recording', recording],
    ['customer.consent.sms', smsOffers],
    ['customer.consent.email', emailOffers],
  ] as const;
  return (
    <Section title={t('customer.consent')} more={record.prefersChannel ? t(`customer.prefers.${record.prefersChannel}`) : undefined}>
      <div className="consents">
        {consents.map(([name, isGiven]) => (
          <Chip key={name} tone={isGiven ? 'ready' : 'plain'} icon={isGiven ? Check : X}>
            {t(name)}
            <span className="sr-only">: {isGiven ? t('customer.consent.yes') : t('customer.consent.no')}</span>
          </Chip>
        ))}
      </div>
    </Section>
  );
}

function Identifiers({ record, homeCountry }: { readonly record: ContactRecord; readonly homeCountry: string }) {
  const { t, formats } = useText();
  if (record.identifiers.length === 0) return null;
  return (
    <Section title={t('customer.identifiers')}>
      <ul className="list">
        {record.identifiers.map((each) => {
          const Icon = identifierSigns[each.kind];
          return (
            <li key={`${each.kind}-${each.value}`}>
              <Icon className="icon" aria-hidden="true" />
              <span className="grow whole">
                {each.kind === 'phone' || each.kind === 'mobile' ? (
                  <TelLink
                    number={each.value}
                    text={formatNumber(each.value, homeCountry)}
                    label={t('dial.call', { number: formatNumber(each.value, homeCountry) })}
                  />
                ) : (
                  each.value
                )}
                {each.label ? <span className="small text-3"> {each.label}</span> : null}
              </span>
              {each.shared ? <Chip icon={Users}>{t('customer.shared')}</Chip> : null}
              <span className="list-end">
                {each.lastUsedAt === null
                  ? each.verified
                    ? t('customer.verified')
                    : ''
                  : t('customer.lastUsed', { date: formats.date(each.lastUsedAt) })}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Duplicates({ record, onCompare }: { readonly record: ContactRecord; onCompare(keptId: string, absorbedId: string): void }) {
  const words = useText();
  const { t } = words;
  if (record.possibleDuplicates.length === 0) return null;
  return (
    <Section title={t('customer.duplicates')}>
      <ul className="list">
        {record.possibleDuplicates.map((each) => (
          <li key={each.contactId}>
            <Users className="icon" aria-hidden="true" />
            <span className="grow whole">
              {each.name}
              <span className="small text-3 duplicate-why">
                {[
                  each.accountName ?? t('customer.private'),
                  ...each.reasons.slice(0, 1).map((reason) => likenessSentence(words, reason)),
                ].join(' · ')}
              </span>
            </span>
            <Button
              size="small"
              aria-label={t('merge.compareWith', { name: each.name })}
              onClick={() => onCompare(record.contactId, each.contactId)}
            >
              {t('merge.compare')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function RecordNotes({ record }: { readonly record: ContactRecord }) {
  const { t, formats } = useText();
  if (record.notes.length === 0) return null;
  return (
    <Section title={t('customer.notes')}>
      <ul className="record-notes">
        {record.notes.map((note) => (
          <li key={note.noteId}>
            <p>{note.text}</p>
            <p className="small text-3">{formats.pair(note.author, formats.date(note.at))}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the customer is worth and how long still, in three figures. */
export function ValueStrip({ record, now }: { readonly record: ContactRecord; readonly now: number }) {
  const text = useText();
  const { t, formats } = text;
  const { monthlySpend, contractEndsAt, churnRisk } = record;
  const days = contractEndsAt === null ? null : daysUntil(contractEndsAt, now);
  const change = monthlySpend?.changePercent ?? null;
  if (monthlySpend === null && days === null && churnRisk === null) return null;
  return (
    <dl className="value-strip">
      <div>
        <dt>{t('customer.spend')}</dt>
        <dd>
          {monthlySpend ? (
            formats.money(monthlySpend.amount, monthlySpend.currency)
          ) : (
            <span className="text-3">{t('customer.unknownValue')}</span>
          )}
          {change === null || change === 0 ? null : (
            <span className={change < 0 ? 'small tone-broken' : 'small tone-ready'}> {formats.change(change)}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('customer.contractEnds')}</dt>
        <dd className={days !== null && days <= 30 ? 'tone-waiting' : undefined}>
          {days === null || contractEndsAt === null ? (
            <span className="text-3">{t('customer.unknownValue')}</span>
          ) : (
            contractWords(text, days, contractEndsAt)
          )}
        </dd>
      </div>
      <div>
        <dt>{t('customer.churnRisk')}</dt>
        <dd className={churnRisk !== null && churnRisk >= 70 ? 'tone-broken' : undefined}>
          {churnRisk === null ? (
            <span className="text-3">{t('customer.unknownValue')}</span>
          ) : (
            t(`customer.churn.${churnRisk >= 70 ? 'high' : churnRisk >= 40 ? 'medium' : 'low'}`, { score: churnRisk })
          )}
        </dd>
      </div>
    </dl>
  );
}

function contractWords({ t, formats }: Text, days: number, at: number): string {
  if (days < 0) return t('customer.daysAgo', { count: -days });
  return days <= 60 ? t('customer.inDays', { count: days }) : formats.date(at);
}
