import type { AccountPage } from '../../../shared/contracts/account.ts';
import { daysUntil, useText } from '../../i18n/index.ts';
import { Chip, Section } from '../../ui/index.ts';

/** What they have from us, by which contract, and what they pay. */
export function Holdings({ page, now }: { readonly page: AccountPage; readonly now: number }) {
  const { t, formats } = useText();
  return (
    <div className="account-pair">
      <Section title={t('account.products')}>
        {page.products.length === 0 ? <p className="text-3">{t('account.productsNone')}</p> : null}
        <ul className="list">
          {page.products.map((product) => (
            <li key={product.productId}>
              <span className="account-count figures">{formats.number(product.quantity)}</span>
              <span className="whole">
                {product.name}
                {product.detail ? <span className="small text-3"> {product.detail}</span> : null}
              </span>
              {product.unused > 0 ? <Chip tone="waiting">{t('account.productUnused', { count: product.unused })}</Chip> : null}
              {product.status === 'suspended' || product.status === 'ended' ? <Chip>{t(`account.product.${product.status}`)}</Chip> : null}
            </li>
          ))}
        </ul>
      </Section>
      <div>
        <Section title={t('account.contracts')}>
          {page.contracts.length === 0 ? <p className="text-3">{t('account.contractsNone')}</p> : null}
          <ul className="list">
            {page.contracts.map((contract) => (
              <li key={contract.contractId}>
                <span className="whole">
                  {contract.name}
                  {contract.responseHours !== null || contract.resolutionHours !== null ? (
                    <span className="small text-3">
                      {' '}
                      {t('account.hours', { response: contract.responseHours ?? '–', resolution: contract.resolutionHours ?? '–' })}
                    </span>
                  ) : null}
                </span>
                <span className="list-end">
                  <span className={daysUntil(contract.endsAt, now) <= 60 ? 'tone-waiting' : undefined}>
                    {t('account.until', { date: formats.date(contract.endsAt) })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </Section>
        <Section title={t('account.bills')}>
          {page.bills.length === 0 ? <p className="text-3">{t('account.billsNone')}</p> : null}
          <ul className="list">
            {page.bills.slice(0, 6).map((bill) => {
              const isOpen = bill.paid < bill.amount;
              const isOverdue = isOpen && bill.dueAt < now;
              return (
                <li key={bill.billId}>
                  <span className="account-month">{formats.monthOf(bill.month)}</span>
                  <span className="account-amount figures">{formats.money(bill.amount, bill.currency)}</span>
                  <span className="list-end">
                    {isOverdue ? (
                      <span className="tone-broken">{t('account.billOverdue', { date: formats.date(bill.dueAt) })}</span>
                    ) : isOpen ? (
                      t('account.billOpen', { date: formats.date(bill.dueAt) })
                    ) : (
                      t('account.billPaid')
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
        </Section>
      </div>
    </div>
  );
}
