import type { Consumption, ContactPage } from '../../../shared/contracts/record.ts';
import { useText } from '../../i18n/index.ts';
import { Chip, Legend, Section, StackedColumns } from '../../ui/index.ts';
import { useKind } from './words.ts';

const mostSeries = 4;

/** What was used and what it cost, month by month; what is paid and what is not. */
export function Bills({ page, now }: { readonly page: ContactPage; readonly now: number }) {
  const { t, formats } = useText();
  return (
    <>
      {page.consumption && page.consumption.months.length > 0 ? <Use consumption={page.consumption} /> : null}
      <Section title={t('record.bills')}>
        {page.bills.length === 0 ? (
          <p className="text-2">{t('record.noBills')}</p>
        ) : (
          <table className="record-table">
            <thead>
              <tr>
                <th scope="col">{t('record.bill.month')}</th>
                <th scope="col">{t('record.bill.number')}</th>
                <th scope="col" className="is-figure">
                  {t('record.bill.amount')}
                </th>
                <th scope="col">{t('record.bill.due')}</th>
                <th scope="col">{t('record.bill.state')}</th>
              </tr>
            </thead>
            <tbody>
              {page.bills.map((bill) => {
                const open = bill.amount - bill.paid;
                const isOverdue = open > 0 && bill.dueAt < now;
                return (
                  <tr key={bill.billId}>
                    <th scope="row">{formats.monthOf(bill.month)}</th>
                    <td className="figures">{bill.number}</td>
                    <td className="is-figure figures">{formats.money(bill.amount, bill.currency)}</td>
                    <td className="nowrap">{formats.date(bill.dueAt)}</td>
                    <td>
                      <Chip tone={isOverdue ? 'broken' : open > 0 ? 'waiting' : 'ready'}>
                        {open <= 0
                          ? t('record.bill.isPaid')
                          : t(isOverdue ? 'record.bill.overdue' : 'record.bill.open', { amount: formats.money(open, bill.currency) })}
                      </Chip>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </Section>
    </>
  );
}

function Use({ consumption }: { readonly consumption: Consumption }) {
  const { t, formats } = useText();
  const kindName = useKind();
  const { months, currency, changePercent } = consumption;
  const series = foldedKinds(consumption, t('record.use.other')).map(({ kind, values }) => ({ name: kindName(kind), values }));
  const change = changePercent === null ? null : Math.round(changePercent);
  return (
    <Section title={t('record.use', { count: months.length })} more={<Legend names={series.map(({ name }) => name)} />}>
      <StackedColumns
        label={t('record.use', { count: months.length })}
        columns={months.map((month) => ({ key: month, mark: formats.monthMark(month), name: formats.monthOf(month) }))}
        series={series}
        columnTitle={t('record.bill.month')}
        totalTitle={t('record.use.total')}
        format={(value) => formats.money(value, currency)}
        axis={(value) => formats.short(value / 100)}
      />
      {change === null ? null : (
        <p className="small text-2">
          {change === 0 ? t('record.use.same') : t(change < 0 ? 'record.use.down' : 'record.use.up', { percent: Math.abs(change) })}
        </p>
      )}
    </Section>
  );
}

/** There are four hues: what does not fit is summed into the last. */
function foldedKinds(
  { kinds, months }: Consumption,
  other: string,
): readonly { readonly kind: string; readonly values: readonly number[] }[] {
  if (kinds.length <= mostSeries) return kinds.map(({ kind, amount }) => ({ kind, values: amount }));
  const kept = kinds.slice(0, mostSeries - 1);
  const rest = kinds.slice(mostSeries - 1);
  return [
    ...kept.map(({ kind, amount }) => ({ kind, values: amount })),
    { kind: other, values: months.map((_, index) => rest.reduce((sum, { amount }) => sum + (amount[index] ?? 0), 0)) },
  ];
}
