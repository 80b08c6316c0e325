import { useState } from 'react';
import { type Anniversary, anniversarySchema } from '../../../../shared/contracts/account.ts';
import { useText } from '../../../i18n/index.ts';
import { Field, Select, Switch } from '../../../ui/index.ts';
import type { SharedFormProps } from '../Forms.tsx';
import { FormDialog, PersonChoice } from './FormDialog.tsx';
import { toDay } from './local-time.ts';

const kinds = anniversarySchema.shape.kind.options;
const plans = ['call', 'card', 'visit', 'gift'] as const;

/** A day to remember, every year, and what is planned for the next time. */
export function AnniversaryForm({
  page,
  deeds,
  now,
  failure,
  anniversary,
}: SharedFormProps & { readonly anniversary: Anniversary | null }) {
  const { t } = useText();
  const [kind, setKind] = useState<Anniversary['kind']>(anniversary?.kind ?? 'birthday');
  const [label, setLabel] = useState(anniversary?.label ?? '');
  const [date, setDate] = useState(() =>
    anniversary ? `${anniversary.year ?? new Date(now).getFullYear()}-${anniversary.day}` : toDay(now),
  );
  const [isYearKnown, setIsYearKnown] = useState(anniversary ? anniversary.year !== null : true);
  const [contactId, setContactId] = useState(anniversary?.contactId ?? null);
  const [plan, setPlan] = useState<Anniversary['plan']>(anniversary?.plan ?? null);
  const [done, setDone] = useState(anniversary?.done ?? false);
  const [year, ...monthAndDay] = date.split('-');
  return (
    <FormDialog
      title={t(anniversary ? 'account.form.anniversary' : 'account.form.newAnniversary')}
      submit={t('account.form.store')}
      problem={monthAndDay.length !== 2 ? t('account.form.dayMissing') : label.trim() === '' ? t('account.form.labelMissing') : null}
      failure={failure}
      onClose={() => deeds.showForm(null)}
      onSubmit={() =>
        deeds.setAnniversary({
          anniversaryId: anniversary?.anniversaryId ?? null,
          contactId,
          kind,
          label: label.trim(),
          day: monthAndDay.join('-'),
          year: isYearKnown ? Number(year) : null,
          plan,
          done,
        })
      }
    >
      <div className="account-form-pair">
        <Select
          label={t('account.form.occasion')}
          value={kind}
          choices={kinds.map((value) => ({ value, label: t(`account.occasion.${value}`) }))}
          onChange={setKind}
        />
        <PersonChoice
          page={page}
          label={t('account.form.whose')}
          none={t('account.form.company')}
          value={contactId}
          onChange={setContactId}
        />
      </div>
      <Field
        label={t('account.form.label')}
        value={label}
        maxLength={200}
        autoComplete="off"
        onChange={({ target }) => setLabel(target.value)}
      />
      <div className="account-form-pair">
        <Field label={t('account.form.day')} type="date" value={date} onChange={({ target }) => setDate(target.value)} />
        <Select
          label={t('account.form.plan')}
          value={plan ?? ''}
          choices={[{ value: '', label: t('account.plan.none') }, ...plans.map((value) => ({ value, label: t(`account.plan.${value}`) }))]}
          onChange={(value) => setPlan(plans.find((each) => each === value) ?? null)}
        />
      </div>
      <div className="row account-form-switches">
        <Switch label={t('account.form.yearKnown')} isOn={isYearKnown} onChange={setIsYearKnown} />
        <Switch label={t('account.form.done')} isOn={done} onChange={setDone} />
      </div>
    </FormDialog>
  );
}
