import type { PersonEdit, PersonFields } from '../../../../shared/contracts/record.ts';
import { nameKey } from '../../../crm/index.ts';
import type { Schema } from '../../schema.ts';

type PersonRow = { readonly [Column in keyof Schema['person']]: unknown };

/** The columns that a person edits, by the name of the field; `custom` is one column for all its fields. */
const columns = {
  name: 'name',
  title: 'title',
  locale: 'locale',
  tier: 'tier',
  segment: 'segment',
  stage: 'stage',
  birthday: 'birthday',
  orgUnitId: 'org_unit_id',
  prefersChannel: 'prefers_channel',
  prefersFrom: 'prefers_from',
  prefersUntil: 'prefers_until',
  allowsRecording: 'allows_recording',
  allowsCallOffers: 'allows_call_offers',
  allowsSmsOffers: 'allows_sms_offers',
  allowsEmailOffers: 'allows_email_offers',
} as const satisfies Readonly<Record<Exclude<keyof PersonFields, 'custom'>, keyof Schema['person']>>;

export type PlainField = keyof typeof columns;
export const plainFields = Object.keys(columns) as readonly PlainField[];
export type CustomValues = PersonFields['custom'];

export function fieldsOf(row: PersonRow): PersonFields {
  const plain = plainFields.map((field) => [field, isFlag(field) ? row[columns[field]] === 1 : row[columns[field]]]);
  return { ...Object.fromEntries(plain), custom: customOf(row.custom) } as PersonFields;
}

export function customOf(stored: unknown): CustomValues {
  return JSON.parse(String(stored)) as CustomValues;
}

/** What to set in the row when one field gets this value. */
export function columnOf(field: PlainField, value: PersonEdit[PlainField]): Readonly<Record<string, string | number | null>> {
  const stored = typeof value === 'boolean' ? Number(value) : (value ?? null);
  return { [columns[field]]: stored, ...(field === 'name' ? { name_key: nameKey(String(value)) } : {}) };
}

function isFlag(field: PlainField): boolean {
  return field.startsWith('allows');
}
