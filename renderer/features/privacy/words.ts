import type { Text } from '../../i18n/index.ts';

const known = [
  'person',
  'identifier',
  'address',
  'person_account',
  'note',
  'draft',
  'interaction',
  'callback',
  'timeline_entry',
  'customer_case',
  'promise',
  'task',
  'offer_made',
  'product',
  'contract',
  'bill',
  'payment',
  'consumption',
  'score',
  'anniversary',
  'gift',
  'attachment',
  'file',
  'record_change',
  'person_merge',
  'customer_search',
  'import_problem',
  'import_file',
  'mention',
] as const;

/** What was removed, by the kinds of the record; of a kind that this desktop does not know: other entries. */
export function removedName({ t }: Text, what: string): string {
  const kind = known.find((each) => each === what);
  return kind ? t(`privacy.kind.${kind}`) : t('privacy.kind.other', { what: what.replaceAll('_', ' ') });
}
