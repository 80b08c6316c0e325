import { useState } from 'react';
import { useText } from '../../../i18n/index.ts';
import { Field } from '../../../ui/index.ts';
import type { SharedFormProps } from '../Forms.tsx';
import { FormDialog, PersonChoice } from './FormDialog.tsx';
import { fromLocal, toDay, toMinor } from './local-time.ts';

/** What was given, to whom, for what: looked up before the next one, and by whoever audits gifts. */
export function GiftForm({ page, deeds, now, failure }: SharedFormProps) {
  const { t } = useText();
  const [date, setDate] = useState(() => toDay(now));
  const [contactId, setContactId] = useState<string | null>(null);
  const [what, setWhat] = useState('');
  const [occasion, setOccasion] = useState('');
  const [typed, setTyped] = useState('');
  const at = fromLocal(date);
  const amount = toMinor(typed);
  const currency = page.consumption?.currency ?? page.bills[0]?.currency ?? 'CNY';
  return (
    <FormDialog
      title={t('account.form.newGift')}
      submit={t('account.form.store')}
      problem={
        what.trim() === ''
          ? t('account.form.whatMissing')
          : at === null
            ? t('account.form.dayMissing')
            : amount === undefined
              ? t('account.form.amountWrong')
              : null
      }
      failure={failure}
      onClose={() => deeds.showForm(null)}
      onSubmit={() =>
        deeds.addGift({
          contactId,
          at: at ?? now,
          what: what.trim(),
          occasion: occasion.trim() === '' ? null : occasion.trim(),
          amount: amount ?? null,
          currency: amount == null ? null : currency,
        })
      }
    >
      <Field
        label={t('account.form.what')}
        value={what}
        maxLength={300}
        autoComplete="off"
        onChange={({ target }) => setWhat(target.value)}
      />
      <div className="account-form-pair">
        <PersonChoice
          page={page}
          label={t('account.form.toWhom')}
          none={t('account.form.company')}
          value={contactId}
          onChange={setContactId}
        />
        <Field label={t('account.form.givenOn')} type="date" value={date} onChange={({ target }) => setDate(target.value)} />
      </div>
      <div className="account-form-pair">
        <Field
          label={t('account.form.giftOccasion')}
          value={occasion}
          maxLength={200}
          autoComplete="off"
          onChange={({ target }) => setOccasion(target.value)}
        />
        <Field
          label={t('account.form.amount')}
          inputMode="decimal"
          value={typed}
          autoComplete="off"
          after={<span className="small text-3">{currency}</span>}
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
    </FormDialog>
  );
}
