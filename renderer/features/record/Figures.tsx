import type { ContactPage } from '../../../shared/contracts/record.ts';
import { daysUntil, useText } from '../../i18n/index.ts';
import { isClosed } from '../../stores/index.ts';
import { unpaid } from './money.ts';

/** The customer in six figures. Each has its place whether it is known or not. */
export function Figures({ page, now }: { readonly page: ContactPage; readonly now: number }) {
  const { t, formats } = useText();
  const { record, bills, products, score, cases } = page;
  const spend = record.monthlySpend;
  const arrears = unpaid(bills, now);
  const unused = products.reduce((sum, product) => sum + product.unused, 0);
  const lines = products.reduce((sum, product) => sum + product.quantity, 0);
  const ends = record.contractEndsAt;
  const days = ends === null ? null : daysUntil(ends, now);
  const churn = score?.churn ?? record.churnRisk;
  const change = spend?.changePercent ?? null;
  return (
    <dl className="record-figures">
      <Figure name={t('customer.spend')}>
        {spend ? formats.money(spend.amount, spend.currency) : null}
        {change === null || change === 0 ? null : (
          <small className={change < 0 ? 'tone-broken' : 'tone-ready'}>{formats.change(change)}</small>
        )}
      </Figure>
      <Figure name={t('record.arrears')} tone={arrears ? 'broken' : null}>
        {bills.length === 0 ? null : arrears ? formats.money(arrears.amount, arrears.currency) : t('record.arrearsNone')}
        {arrears ? <small>{t('record.arrearsSince', { date: formats.date(arrears.since) })}</small> : null}
      </Figure>
      <Figure name={t('customer.contractEnds')} tone={days !== null && days <= 30 ? 'waiting' : null}>
        {ends === null ? null : formats.date(ends)}
        {days === null || days > 365 ? null : (
          <small>{days < 0 ? t('customer.daysAgo', { count: -days }) : t('customer.inDays', { count: days })}</small>
        )}
      </Figure>
      <Figure name={t('record.unused')} tone={unused > 0 ? 'waiting' : null}>
        {lines === 0 ? null : formats.number(unused)}
        {lines === 0 ? null : <small>{t('record.ofLines', { count: lines })}</small>}
      </Figure>
      <Figure name={t('customer.churnRisk')} tone={churn !== null && churn >= 70 ? 'broken' : null}>
        {churn === null ? null : t(`customer.churn.${churn >= 70 ? 'high' : churn >= 40 ? 'medium' : 'low'}`, { score: Math.round(churn) })}
      </Figure>
      <Figure name={t('record.openCases')}>{formats.number(cases.filter((file) => !isClosed(file)).length)}</Figure>
    </dl>
  );
}

function Figure(props: { readonly name: string; readonly tone?: 'broken' | 'waiting' | null; readonly children: React.ReactNode }) {
  const { t } = useText();
  const children = Array.isArray(props.children) ? props.children.filter((child) => child !== null) : props.children;
  const isKnown = Array.isArray(children) ? children.length > 0 : children !== null;
  return (
    <div>
      <dt>{props.name}</dt>
      <dd className={props.tone ? `tone-${props.tone}` : undefined}>
        {isKnown ? props.children : <span className="text-3 record-unknown">{t('customer.unknownValue')}</span>}
      </dd>
    </div>
  );
}
