import { type CustomFieldDefinition, customFieldKinds } from '../../../../shared/contracts/configuration.ts';
import { useText } from '../../../i18n/index.ts';
import { Choice, Line, Part } from '../fields.tsx';
import { useField, useForm } from '../form.ts';
import { Naming } from './Naming.tsx';
import { RowList } from './RowList.tsx';

type Choices = CustomFieldDefinition['choices'];

export function CustomFieldForm() {
  const { t } = useText();
  const { put } = useForm();
  const { value: kind } = useField<CustomFieldDefinition['kind']>('kind');
  return (
    <>
      <Naming />
      <Part title={t('admin.section.customFields')} note={t('admin.customFields.note')}>
        <Choice at="on" options={(['person', 'account', 'case'] as const).map((on) => ({ value: on, label: t(`value.fieldOn.${on}`) }))} />
        <Choice
          at="kind"
          options={customFieldKinds.map((each) => ({ value: each, label: t(`value.fieldKind.${each}`) }))}
          onChange={(chosen) => {
            put('kind', chosen);
            if (chosen !== 'choice') put('choices', []);
          }}
        />
      </Part>
      {kind === 'choice' ? <ChoiceList /> : null}
    </>
  );
}

/** What there is to choose from, in the order in which it is offered. */
function ChoiceList() {
  const { t, formats } = useText();
  const { value: choices, put, isReadOnly, id, mistake } = useField<Choices>('choices');
  return (
    <Part title={t('admin.customFields.choices')}>
      <RowList
        {...{ id, mistake, isReadOnly, put }}
        rows={choices}
        fieldsOf={(_choice, n) => (
          <>
            <Line at={`choices/${n}/id`} isCode label={t('admin.entry.id')} />
            <Line at={`choices/${n}/name/en`} />
            <Line at={`choices/${n}/name/zh`} />
          </>
        )}
        removeLabel={({ name, id }) => t('admin.customFields.removeChoice', { name: name[formats.language] || id })}
        add={{ label: t('admin.customFields.addChoice'), row: { id: '', name: { en: '', zh: '' } } }}
      />
    </Part>
  );
}
