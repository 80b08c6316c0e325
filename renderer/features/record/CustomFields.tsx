import { useStore } from 'zustand';
import type { CustomFieldDefinition } from '../../../shared/contracts/configuration.ts';
import type { CustomValue } from '../../../shared/contracts/record.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { InPlace, Section } from '../../ui/index.ts';
import { Fact } from './FactsColumn.tsx';
import type { OpenProps } from './RecordPage.tsx';

/** Fields that the administrator defined for people; each is changed as its kind asks for. */
export function CustomFields({ stores, page, deeds, mayWrite }: OpenProps) {
  const text = useText();
  const { t, formats } = text;
  const fields = useStore(stores.desk, (desk) => desk.customFields).filter(({ on }) => on === 'person');
  if (fields.length === 0) return null;
  return (
    <Section title={t('record.custom')}>
      <dl className="facts">
        {fields.map((field) => {
          const value = page.fields.custom[field.id];
          const name = field.name[formats.language];
          const choices = choicesOf(text, field);
          return (
            <Fact key={field.id} name={name}>
              <InPlace
                label={name}
                value={value === undefined ? '' : String(value)}
                isReadOnly={!mayWrite}
                empty={t('record.notGiven')}
                kind={field.kind === 'number' ? 'number' : field.kind === 'day' ? 'date' : 'text'}
                {...(value === undefined ? {} : { shown: shownOf(text, field, value) })}
                {...(choices === null ? {} : { choices })}
                onSave={(typed) => deeds.edit({ custom: { [field.id]: storedValue(field, typed) } })}
              />
            </Fact>
          );
        })}
      </dl>
    </Section>
  );
}

function choicesOf({ t, formats }: Text, field: CustomFieldDefinition) {
  const none = { value: '', label: t('record.notGiven') };
  if (field.kind === 'choice') return [none, ...field.choices.map(({ id, name }) => ({ value: id, label: name[formats.language] }))];
  if (field.kind === 'flag') return [none, { value: 'true', label: t('record.yes') }, { value: 'false', label: t('record.no') }];
  return null;
}

function shownOf({ t, formats }: Text, field: CustomFieldDefinition, value: CustomValue): string {
  if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no');
  if (typeof value === 'number') return formats.number(value);
  if (field.kind === 'choice') return field.choices.find(({ id }) => id === value)?.name[formats.language] ?? value;
  if (field.kind === 'day') {
    const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
    return formats.date(new Date(year, month - 1, day).getTime());
  }
  return value;
}

/** What was typed, as its kind is stored; nothing takes it away. */
function storedValue(field: CustomFieldDefinition, typed: string): CustomValue | null {
  if (typed === '') return null;
  if (field.kind === 'flag') return typed === 'true';
  return field.kind === 'number' ? Number(typed) : typed;
}
