import type { ReactNode } from 'react';
import type { AccountPage } from '../../../shared/contracts/account.ts';
import { daysUntil, useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';
import { monthlyUse, nextBill, nextEnding, unusedOf } from './figures.ts';
import { changeOf, inDays } from './words.ts';

/** Six figures that say how it stands. */
export function Figures({ page, now }: { readonly page: AccountPage; readonly now: number }) {
  const text = useText();
  const { t, formats } = text;
  const { consumption, arrears, linesInUse } = page;
  const monthly = consumption ? monthlyUse(consumption, now) : null;
  const unused = unusedOf(page.products);
  const contract = nextEnding(page.contracts, now);
  const contractDays = contract ? daysUntil(contract.endsAt, now) : null;
  const bill = nextBill(page.bills, now);
  const overdue = page.openCases.filter(({ dueAt }) => dueAt !== null && dueAt < now).length;
  const change = consumption ? changeOf(text, consumption) : null;
  return (
    <dl className="account-figures">
      <Figure
        name={t('account.monthly')}
        value={monthly === null || !consumption ? null : formats.money(monthly, consumption.currency)}
        beside={
          change === null ? null : <span className={(consumption?.changePercent ?? 0) < 0 ? 'tone-broken' : 'tone-ready'}>{change}</span>
        }
      />
      <Figure
        name={t('account.lines')}
        value={linesInUse.of > 0 ? formats.number(linesInUse.used) : null}
        beside={linesInUse.of > 0 ? t('account.linesOf', { count: linesInUse.of }) : null}
      />
      <Figure
        name={t('account.unused')}
        value={formats.number(unused.count)}
        isWaiting={unused.count > 0}
        beside={unused.count > 0 && unused.since !== null ? t('account.unusedSince', { month: formats.month(unused.since, now) }) : null}
      />
      <Figure
        name={t('account.arrears')}
        value={arrears === null ? null : arrears.amount > 0 ? formats.money(arrears.amount, arrears.currency) : t('account.noArrears')}
        isBroken={(arrears?.amount ?? 0) > 0}
        beside={
          arrears && arrears.amount > 0
            ? arrears.since !== null && t('account.arrearsSince', { date: formats.date(arrears.since) })
            : bill
              ? t('account.billDue', { date: formats.date(bill.dueAt) })
              : null
        }
      />
      <Figure
        name={t('account.contractEnds')}
        value={contract ? formats.date(contract.endsAt) : null}
        isWaiting={contractDays !== null && contractDays <= 60}
        beside={contractDays === null || contractDays > 365 ? null : inDays(text, contractDays)}
      />
      <Figure
        name={t('account.openCases')}
        value={page.openCases.length === 0 ? t('account.noCases') : formats.number(page.openCases.length)}
        beside={overdue > 0 ? <span className="tone-broken">{t('account.overdueCases', { count: overdue })}</span> : null}
      />
    </dl>
  );
}

function Figure(props: {
  readonly name: string;
  readonly value: string | null;
  readonly beside: ReactNode;
  readonly isWaiting?: boolean;
  readonly isBroken?: boolean;
}) {
  const { t } = useText();
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        <span className={classes('account-figure', props.isWaiting && 'tone-waiting', props.isBroken && 'tone-broken')}>
          {props.value ?? <span className="text-3">{t('account.unknown')}</span>}
        </span>
        {props.beside ? <span className="small text-3">{props.beside}</span> : null}
      </dd>
    </div>
  );
}
