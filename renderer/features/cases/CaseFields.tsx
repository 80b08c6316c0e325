import { useStore } from 'zustand';
import { customChoices, customValueText, customValueTyped, useText } from '../../i18n/index.ts';
import { InPlace } from '../../ui/index.ts';
import type { CaseViewProps } from './CaseView.tsx';

/** Fields that the administrator defined for cases; a change is a step of the case. */
export function CaseFields({ stores, deeds, file, mayWrite }: CaseViewProps & { readonly mayWrite: boolean }) {
  const text = useText();
  const { t, formats } = text;
  const fields = useStore(stores.desk, (desk) => desk.customFields).filter(({ on }) => on === 'case');
  if (fields.length === 0) return null;
  return (
    <dl className="facts">
      {fields.map((field) => {
        const value = file.custom[field.id];
        const name = field.name[formats.language];
        const choices = customChoices(text, field);
        return (
          <div key={field.id}>
            <dt>{name}</dt>
            <dd>
              <InPlace
                label={name}
                value={value === undefined ? '' : String(value)}
                isReadOnly={!mayWrite}
                empty={t('record.notGiven')}
                kind={field.kind === 'number' ? 'number' : field.kind === 'day' ? 'date' : 'text'}
                {...(value === undefined ? {} : { shown: customValueText(text, field, value) })}
                {...(choices === null ? {} : { choices })}
                onSave={(typed) => deeds.step(file, { text: '', custom: { [field.id]: customValueTyped(field, typed) } })}
              />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
