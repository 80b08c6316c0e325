import { useState } from 'react';
import type { Visit } from '../../../../shared/contracts/account.ts';
import { useText } from '../../../i18n/index.ts';
import { Field, Segments, Select, TextArea } from '../../../ui/index.ts';
import type { SharedFormProps } from '../Forms.tsx';
import { FormDialog, PersonChoice } from './FormDialog.tsx';
import { fromLocal, toLocal } from './local-time.ts';

const states = ['planned', 'done', 'canceled'] as const;
const moods = ['good', 'neutral', 'atRisk', 'lead'] as const;
const hourMs = 3_600_000;

/** Plans a visit, or writes down what came of it. */
export function VisitForm({ page, deeds, now, failure, visit }: SharedFormProps & { readonly visit: Visit | null }) {
  const { t } = useText();
  const [at, setAt] = useState(() => toLocal(visit?.at ?? new Date(now + 24 * hourMs).setHours(10, 0, 0, 0)));
  const [contactId, setContactId] = useState(visit?.contactId ?? null);
  const [purpose, setPurpose] = useState(visit?.purpose ?? '');
  const [state, setState] = useState<Visit['state']>(visit?.state ?? 'planned');
  const [opinion, setOpinion] = useState(visit?.opinion ?? '');
  const [mood, setMood] = useState<Visit['mood']>(visit?.mood ?? null);
  const when = fromLocal(at);
  return (
    <FormDialog
      title={t(visit ? 'account.form.visit' : 'account.form.newVisit')}
      submit={t('account.form.store')}
      problem={when === null ? t('account.form.whenMissing') : purpose.trim() === '' ? t('account.form.purposeMissing') : null}
      failure={failure}
      onClose={() => deeds.showForm(null)}
      onSubmit={() =>
        deeds.setVisit({
          visitId: visit?.visitId ?? null,
          contactId,
          at: when ?? now,
          purpose: purpose.trim(),
          state,
          opinion: opinion.trim() === '' ? null : opinion.trim(),
          mood: state === 'done' ? mood : null,
        })
      }
    >
      <div className="account-form-pair">
        <Field label={t('account.form.when')} type="datetime-local" value={at} onChange={({ target }) => setAt(target.value)} />
        <PersonChoice
          page={page}
          label={t('account.form.whom')}
          none={t('account.form.nobody')}
          value={contactId}
          onChange={setContactId}
        />
      </div>
      <Field
        label={t('account.form.purpose')}
        value={purpose}
        maxLength={500}
        autoComplete="off"
        onChange={({ target }) => setPurpose(target.value)}
      />
      {visit ? (
        <Segments
          label={t('account.form.state')}
          value={state}
          onChange={setState}
          segments={states.map((value) => ({ value, label: t(`account.visit.${value}`) }))}
        />
      ) : null}
      {state === 'done' ? (
        <>
          <label className="label" htmlFor="visit-opinion">
            {t('account.form.opinion')}
          </label>
          <TextArea id="visit-opinion" rows={4} maxLength={2_000} value={opinion} onChange={({ target }) => setOpinion(target.value)} />
          <Select
            label={t('account.form.mood')}
            value={mood ?? ''}
            choices={[{ value: '', label: t('account.notSaid') }, ...moods.map((value) => ({ value, label: t(`account.mood.${value}`) }))]}
            onChange={(value) => setMood(moods.find((each) => each === value) ?? null)}
          />
        </>
      ) : null}
    </FormDialog>
  );
}
