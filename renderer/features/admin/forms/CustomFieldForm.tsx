import { Plus, Trash2 } from 'lucide-react';
import { type CustomFieldDefinition, customFieldKinds } from '../../../../shared/contracts/configuration.ts';
import { useText } from '../../../i18n/index.ts';
import { Button, IconButton } from '../../../ui/index.ts';
import { Choice, Line, Part } from '../fields.tsx';
import { useField, useForm } from '../form.ts';
import { Naming } from './Naming.tsx';

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
      <ul className="is-wide admin-holidays" id={id} aria-describedby={mistake ? `${id}-mistake` : undefined}>
        {choices.map((choice, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a choice being typed is its place in the list.
          <li key={n} className="admin-holiday">
            <Line at={`choices/${n}/id`} isCode label={t('admin.entry.id')} />
            <Line at={`choices/${n}/name/en`} />
            <Line at={`choices/${n}/name/zh`} />
            {isReadOnly ? null : (
              <IconButton
                icon={Trash2}
                label={t('admin.customFields.removeChoice', { name: choice.name[formats.language] || choice.id })}
                onClick={() => put(choices.filter((_each, at) => at !== n))}
              />
            )}
          </li>
        ))}
      </ul>
      {mistake ? (
        <p id={`${id}-mistake`} className="field-problem small">
          {mistake}
        </p>
      ) : null}
      {isReadOnly ? null : (
        <Button size="small" icon={Plus} onClick={() => put([...choices, { id: '', name: { en: '', zh: '' } }])}>
          {t('admin.customFields.addChoice')}
        </Button>
      )}
    </Part>
  );
}
