import { useStore } from 'zustand';
import { customChoices, customValueText, customValueTyped, useText } from '../../i18n/index.ts';
import { InPlace, Section } from '../../ui/index.ts';
import { Fact } from './Fact.tsx';
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
          const choices = customChoices(text, field);
          return (
            <Fact key={field.id} name={name}>
              <InPlace
                label={name}
                value={value === undefined ? '' : String(value)}
                isReadOnly={!mayWrite}
                empty={t('record.notGiven')}
                kind={field.kind === 'number' ? 'number' : field.kind === 'day' ? 'date' : 'text'}
                {...(value === undefined ? {} : { shown: customValueText(text, field, value) })}
                {...(choices === null ? {} : { choices })}
                onSave={(typed) => deeds.edit({ custom: { [field.id]: customValueTyped(field, typed) } })}
              />
            </Fact>
          );
        })}
      </dl>
    </Section>
  );
}
