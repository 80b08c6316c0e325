import { useStore } from 'zustand';
import type { AccountPage } from '../../../shared/contracts/account.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Legend, Section, Segments, StackedColumns } from '../../ui/index.ts';
import { kindsShown, peakOf } from './figures.ts';
import { kindName } from './words.ts';

/** Twelve months of use by kind: of the company itself or, where it is a group, of all of it. */
export function Use({ page, stores }: { readonly page: AccountPage; readonly stores: Stores }) {
  const text = useText();
  const { t, formats } = text;
  const wantsGroup = useStore(stores.account, (account) => account.showsGroup);
  const showsGroup = wantsGroup && page.groupConsumption !== null;
  const consumption = showsGroup ? page.groupConsumption : page.consumption;
  if (!consumption) {
    return (
      <Section title={t('account.use')}>
        <p className="text-3 account-use-none">{t('account.useNone')}</p>
      </Section>
    );
  }
  const kinds = kindsShown(consumption);
  const money = (minor: number) => formats.money(minor, consumption.currency);
  const peak = peakOf(consumption);
  const names = kinds.map(({ kind }) => kindName(text, kind));
  return (
    <Section title={t('account.use')} more={<Legend names={names} />} className="account-use">
      {page.groupConsumption ? (
        <Segments
          label={t('account.useWhose')}
          value={showsGroup ? 'group' : 'own'}
          onChange={(value) => stores.account.setState({ showsGroup: value === 'group' })}
          segments={[
            { value: 'own', label: t('account.useOwn') },
            { value: 'group', label: t('account.useGroup', { count: page.members.length + 1 }) },
          ]}
        />
      ) : null}
      <StackedColumns
        label={t('account.useTable', { name: page.name })}
        columns={consumption.months.map((month) => ({ key: month, mark: formats.monthMark(month), name: formats.monthOf(month) }))}
        series={kinds.map(({ amount }, index) => ({ name: names[index] ?? '', values: amount }))}
        columnTitle={t('account.month')}
        totalTitle={t('account.total')}
        format={money}
        axis={(minor) => formats.short(minor / 100)}
        callout={peak === null ? null : { column: peak, text: money(consumption.total[peak] ?? 0) }}
      />
    </Section>
  );
}
