import type { Text } from './i18n.ts';
import { reasonName } from './reasons.ts';

/** A reason by its name: an administrator's in the words they gave it, the system's in ours; by its id when it is configured no more. */
export function notReadyReasonName(
  text: Text,
  configured: readonly { readonly id: string; readonly name: { readonly en: string; readonly zh: string } }[],
  id: string,
): string {
  return configured.find((reason) => reason.id === id)?.name[text.formats.language] ?? reasonName(text, id);
}
