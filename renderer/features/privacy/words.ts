import type { Text } from '../../i18n/index.ts';

/** All that erasing a person counts: tables of the record, and what else is removed with them. */
export const removedKinds = [
  'person',
  'identifier',
  'address',
  'person_account',
  'note',
  'draft',
  'interaction',
  'callback',
  'scheduled_callback',
  'guide_run',
  'recording',
  'timeline_entry',
  'conversation',
  'survey',
  'survey_answer',
  'customer_case',
  'promise',
  'task',
  'offer_made',
  'product',
  'contract',
  'bill',
  'payment',
  'consumption',
  'usage_told',
  'score',
  'score_history',
  'score_due',
  'anniversary',
  'gift',
  'attachment',
  'file',
  'record_change',
  'person_merge',
  'customer_search',
  'import_problem',
  'import_kept',
  'import_file',
  'mention',
] as const;

/** What was removed, by the kinds of the record; of a kind that this desktop does not know: other entries. */
export function removedName({ t }: Text, what: string): string {
  const kind = removedKinds.find((each) => each === what);
  return kind ? t(`privacy.kind.${kind}`) : t('privacy.kind.other', { what: what.replaceAll('_', ' ') });
}
