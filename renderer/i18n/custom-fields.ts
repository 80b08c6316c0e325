import type { CustomFieldDefinition } from '../../shared/contracts/configuration.ts';
import type { CustomValue } from '../../shared/contracts/record.ts';
import type { Text } from './i18n.ts';

/** What there is to choose from, nothing first; null for a field that is typed. */
export function customChoices({ t, formats }: Text, field: CustomFieldDefinition): { value: string; label: string }[] | null {
  const none = { value: '', label: t('record.notGiven') };
  if (field.kind === 'choice') return [none, ...field.choices.map(({ id, name }) => ({ value: id, label: name[formats.language] }))];
  if (field.kind === 'flag') return [none, { value: 'true', label: t('record.yes') }, { value: 'false', label: t('record.no') }];
  return null;
}

/** A value of the administrator's own field as people read it. */
export function customValueText({ t, formats }: Text, field: CustomFieldDefinition, value: CustomValue): string {
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
export function customValueTyped(field: CustomFieldDefinition, typed: string): CustomValue | null {
  if (typed === '') return null;
  if (field.kind === 'flag') return typed === 'true';
  return field.kind === 'number' ? Number(typed) : typed;
}
