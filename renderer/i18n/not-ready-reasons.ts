import type { Text } from './i18n.ts';

const ofTheSystem = ['signedIn', 'noAnswer', 'deviceUnreachable', 'wrapUpEnded'] as const;

/** A reason by its name: an administrator's in the words they gave it, the system's in ours; by its id when it is configured no more. */
export function notReadyReasonName(
  { t, formats }: Text,
  configured: readonly { readonly id: string; readonly name: { readonly en: string; readonly zh: string } }[],
  id: string,
): string {
  const own = configured.find((reason) => reason.id === id);
  if (own) return own.name[formats.language];
  const known = ofTheSystem.find((reason) => reason === id);
  return known ? t(`reason.${known}`) : id;
}
