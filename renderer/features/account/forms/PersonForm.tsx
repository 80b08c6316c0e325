import { useState } from 'react';
import { type AccountPerson, influenceSchema, stanceSchema } from '../../../../shared/contracts/account.ts';
import { useText } from '../../../i18n/index.ts';
import { Field, Select } from '../../../ui/index.ts';
import type { SharedFormProps } from '../Forms.tsx';
import { FormDialog } from './FormDialog.tsx';

/** What somebody is in this company, and how they stand to us. */
export function PersonForm({ deeds, failure, person }: SharedFormProps & { readonly person: AccountPerson }) {
  const { t } = useText();
  const [role, setRole] = useState(person.role ?? '');
  const [influence, setInfluence] = useState(person.influence);
  const [stance, setStance] = useState(person.stance);
  const none = { value: '', label: t('account.notSaid') };
  return (
    <FormDialog
      title={t('account.form.person', { name: person.name })}
      submit={t('account.form.store')}
      problem={null}
      failure={failure}
      onClose={() => deeds.showForm(null)}
      onSubmit={() => deeds.setPerson({ contactId: person.contactId, role: role.trim() === '' ? null : role.trim(), influence, stance })}
    >
      <Field
        label={t('account.form.role')}
        value={role}
        maxLength={200}
        autoComplete="off"
        onChange={({ target }) => setRole(target.value)}
      />
      <div className="account-form-pair">
        <Select
          label={t('account.form.influence')}
          value={influence ?? ''}
          choices={[none, ...influenceSchema.options.map((value) => ({ value, label: t(`account.influence.${value}`) }))]}
          onChange={(value) => setInfluence(influenceSchema.options.find((each) => each === value) ?? null)}
        />
        <Select
          label={t('account.form.stance')}
          value={stance ?? ''}
          choices={[none, ...stanceSchema.options.map((value) => ({ value, label: t(`account.stance.${value}`) }))]}
          onChange={(value) => setStance(stanceSchema.options.find((each) => each === value) ?? null)}
        />
      </div>
    </FormDialog>
  );
}
