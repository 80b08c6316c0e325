import { Check } from 'lucide-react';
import { useText } from '../../i18n/index.ts';
import type { MyCustomersState } from '../../stores/index.ts';
import { Chip, EmptyState, Segments } from '../../ui/index.ts';
import type { MyCustomersDeeds } from './deeds.ts';

const spans = [
  { days: 7, value: '7', nameKey: 'customers.careWeek' },
  { days: 30, value: '30', nameKey: 'customers.careMonth' },
  { days: 90, value: '90', nameKey: 'customers.careQuarter' },
] as const;
const dayMs = 86_400_000;

/** Days to remember, by day; who is meant, and what is planned. */
export function CareList(props: {
  readonly state: MyCustomersState;
  readonly deeds: MyCustomersDeeds;
  readonly now: number;
  onShow(accountId: string): void;
}) {
  const { t, formats } = useText();
  const { care } = props.state;
  const days = [...new Set(care.anniversaries.map(({ inDays }) => inDays))];
  return (
    <aside className="pane care" aria-labelledby="care-title">
      <div className="pane-head">
        <h2 id="care-title">{t('customers.care')}</h2>
        <span className="push" />
        <Segments
          label={t('customers.careDays')}
          value={String(care.days)}
          onChange={(value) => void props.deeds.readCare({ days: Number(value) })}
          segments={spans.map(({ value, nameKey }) => ({ value, label: t(nameKey) }))}
        />
      </div>
      <div className="care-list">
        <Segments
          label={t('customers.careWhose')}
          value={care.whose}
          onChange={(whose) => void props.deeds.readCare({ whose })}
          segments={[
            { value: 'mine', label: t('customers.careMine') },
            { value: 'all', label: t('customers.careAll') },
          ]}
        />
        {care.asked.phase === 'failed' ? <p className="tone-broken small care-none">{t(`failure.${care.asked.code}`)}</p> : null}
        {care.asked.phase === 'ready' && days.length === 0 ? <EmptyState title={t('customers.careNone')} /> : null}
        {days.map((inDays) => (
          <section key={inDays}>
            <h3 className="small medium text-3 care-day">
              {inDays === 0 ? t('account.day.today') : inDays === 1 ? t('account.day.tomorrow') : formats.day(props.now + inDays * dayMs)}
            </h3>
            <ul>
              {care.anniversaries
                .filter((each) => each.inDays === inDays)
                .map((each) => (
                  <li key={each.anniversaryId}>
                    <button type="button" className="care-line" onClick={() => props.onShow(each.accountId)}>
                      <span className="care-words">
                        <span className="whole">{each.label}</span>
                        <span className="small text-3 whole">{each.accountName}</span>
                      </span>
                      {each.done ? (
                        <Chip tone="ready" icon={Check}>
                          {t('account.plan.done')}
                        </Chip>
                      ) : (
                        <Chip tone={each.plan === null ? 'waiting' : 'plain'}>{t(`account.plan.${each.plan ?? 'none'}`)}</Chip>
                      )}
                    </button>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </aside>
  );
}
