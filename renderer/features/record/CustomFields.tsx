import type { CustomValue } from '../../../shared/contracts/record.ts';
import { useText } from '../../i18n/index.ts';
import { InPlace, Section } from '../../ui/index.ts';
import { Fact } from './FactsColumn.tsx';
import type { OpenProps } from './RecordPage.tsx';

/** Fields that the administrator added, as far as they hold something. */
export function CustomFields({ page, deeds, mayWrite }: OpenProps) {
  const { t } = useText();
  const entries = Object.entries(page.fields.custom);
  if (entries.length === 0) return null;
  return (
    <Section title={t('record.custom')}>
      <dl className="facts">
        {entries.map(([id, value]) => (
          <Fact key={id} name={id}>
            <InPlace
              label={id}
              value={String(value)}
              isReadOnly={!mayWrite}
              empty={t('record.notGiven')}
              {...(typeof value === 'boolean' ? { shown: t(value ? 'record.yes' : 'record.no') } : {})}
              {...(typeof value === 'boolean'
                ? {
                    choices: [
                      { value: 'true', label: t('record.yes') },
                      { value: 'false', label: t('record.no') },
                    ],
                  }
                : {})}
              onSave={(typed) => deeds.edit({ custom: { [id]: customValue(value, typed) } })}
            />
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

/** Of the same kind as what stood there; nothing takes it away. */
function customValue(before: CustomValue, typed: string): CustomValue | null {
  if (typed === '') return null;
  if (typeof before === 'boolean') return typed === 'true';
  return typeof before === 'number' && !Number.isNaN(Number(typed)) ? Number(typed) : typed;
}
