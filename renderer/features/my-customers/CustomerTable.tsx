import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { daysUntil, type Text, useText } from '../../i18n/index.ts';
import { highChurn, type MyCustomer } from '../../stores/index.ts';
import { boxOf, Chip, NineBoxMini, Tick } from '../../ui/index.ts';

const boxes = ['develop', 'invest', 'growWith', 'serveWell', 'deepen', 'protect', 'selfService', 'keep', 'hold'] as const;
const silentDays = 90;
const nearDays = 60;

export interface CustomerTableProps {
  readonly customers: readonly MyCustomer[];
  readonly chosen: readonly string[];
  readonly now: number;
  readonly isChoosable: boolean;
  onShow(accountId: string): void;
  onChoose(accountIds: readonly string[], isChosen: boolean): void;
}

/** One line a customer: what they bring, how likely they leave, what is open and what is planned. */
export function CustomerTable({ customers, chosen, now, isChoosable, onShow, onChoose }: CustomerTableProps) {
  const text = useText();
  const { t } = text;
  const ids = customers.map(({ accountId }) => accountId);
  const isEach = ids.every((id) => chosen.includes(id));
  return (
    <table className="customer-table" aria-label={t('customers.table')}>
      <thead>
        <tr>
          {isChoosable ? (
            <td>
              <Tick
                aria-label={t('customers.chooseAll')}
                checked={isEach}
                isPartly={!isEach && ids.some((id) => chosen.includes(id))}
                onChange={({ target }) => onChoose(ids, target.checked)}
              />
            </td>
          ) : null}
          <th scope="col">{t('customers.column.customer')}</th>
          <th scope="col" className="is-figure">
            {t('customers.column.monthly')}
          </th>
          <th scope="col">{t('customers.column.value')}</th>
          <th scope="col">{t('customers.column.churn')}</th>
          <th scope="col">{t('customers.column.cases')}</th>
          <th scope="col">{t('customers.column.contract')}</th>
          <th scope="col" className="is-roomy">
            {t('customers.column.lastContact')}
          </th>
          <th scope="col">{t('customers.column.nextVisit')}</th>
        </tr>
      </thead>
      <tbody>
        {customers.map((customer) => {
          const isChosen = chosen.includes(customer.accountId);
          return (
            <tr key={customer.accountId} className={isChosen ? 'is-chosen' : undefined}>
              {isChoosable ? (
                <td>
                  <Tick
                    aria-label={t('customers.choose', { name: customer.name })}
                    checked={isChosen}
                    onChange={({ target }) => onChoose([customer.accountId], target.checked)}
                  />
                </td>
              ) : null}
              <th scope="row">
                <button type="button" className="customer-name-button" onClick={() => onShow(customer.accountId)}>
                  {customer.name}
                </button>
                <span className="customer-under small text-3">
                  {customer.isKeyAccount ? <Star className="icon icon-small" aria-label={t('account.keyAccount')} role="img" /> : null}
                  {[
                    customer.tier ? t(`customer.tier.${customer.tier}`) : null,
                    customer.stage ? t(`account.stage.${customer.stage}`) : null,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                  {customer.isDeputy ? <Chip>{t('customers.deputy')}</Chip> : null}
                </span>
              </th>
              <td className="is-figure">
                <Monthly customer={customer} />
              </td>
              <td>
                {customer.value === null || customer.growth === null ? (
                  <Dash />
                ) : (
                  <NineBoxMini
                    at={{ x: customer.value, y: customer.growth }}
                    label={t('customers.valueSaid', {
                      box: t(`account.box.${boxes[boxOf({ x: customer.value, y: customer.growth })] ?? 'deepen'}`),
                      value: customer.value,
                      growth: customer.growth,
                    })}
                  />
                )}
              </td>
              <td>
                <Churn churn={customer.churn} />
              </td>
              <td>
                {customer.openCases === 0 ? (
                  <Dash />
                ) : (
                  <>
                    {t('customers.casesOpen', { count: customer.openCases })}
                    {customer.overdueCases > 0 ? (
                      <span className="customer-second small tone-broken">
                        {t('customers.casesOverdue', { count: customer.overdueCases })}
                      </span>
                    ) : null}
                  </>
                )}
              </td>
              <td>
                <Day
                  text={text}
                  at={customer.contractEndsAt}
                  isPressing={customer.contractEndsAt !== null && daysUntil(customer.contractEndsAt, now) < nearDays}
                  now={now}
                />
              </td>
              <td className="is-roomy">
                <Day
                  text={text}
                  at={customer.lastContactAt}
                  isPressing={customer.lastContactAt !== null && -daysUntil(customer.lastContactAt, now) > silentDays}
                  now={now}
                />
              </td>
              <td>
                <Day text={text} at={customer.nextVisitAt} isPressing={false} now={now} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Monthly({ customer: { monthly, arrears } }: { readonly customer: MyCustomer }) {
  const { t, formats } = useText();
  const change = monthly?.changePercent ?? null;
  const owed = arrears && arrears.amount > 0 ? t('customers.arrears', { amount: formats.money(arrears.amount, arrears.currency) }) : null;
  return (
    <>
      {monthly ? formats.money(monthly.amount, monthly.currency) : <Dash />}
      <span className="customer-second small">
        {owed ? (
          <span className="tone-broken">{owed}</span>
        ) : change !== null && change !== 0 ? (
          <span className={change < 0 ? 'tone-broken' : 'tone-ready'}>{formats.change(change)}</span>
        ) : null}
      </span>
    </>
  );
}

function Churn({ churn }: { readonly churn: number | null }) {
  const { t } = useText();
  if (churn === null) return <Dash />;
  const level = churn >= highChurn ? 'high' : churn >= 40 ? 'medium' : 'low';
  return (
    <Chip tone={level === 'high' ? 'broken' : level === 'medium' ? 'waiting' : 'plain'}>
      {t(`customer.churn.${level}`, { score: churn })}
    </Chip>
  );
}

function Day({
  text: { t, formats },
  at,
  isPressing,
  now,
}: {
  readonly text: Text;
  readonly at: number | null;
  readonly isPressing: boolean;
  readonly now: number;
}): ReactNode {
  if (at === null) return <Dash />;
  const days = daysUntil(at, now);
  const far =
    days === 0
      ? t('account.day.today')
      : days === 1
        ? t('account.day.tomorrow')
        : days < 0
          ? t('account.day.ago', { count: -days })
          : t('account.day.in', { count: days });
  return (
    <>
      {formats.date(at)}
      <span className={`customer-second small ${isPressing ? 'tone-waiting' : 'text-3'}`}>{Math.abs(days) > 365 ? '' : far}</span>
    </>
  );
}

function Dash() {
  return <span className="text-3">–</span>;
}
