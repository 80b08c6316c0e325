import type { Locale } from '../../../shared/contracts/contact.ts';
import { fillTemplate } from '../../../shared/fill-template.ts';
import type { MessageContext } from './context.ts';

/** Words that are set up, with what they name filled in: of whoever writes, if somebody does, and of the house. */
export function fillIn(
  text: string,
  locale: Locale,
  known: { readonly agentName?: string; readonly subject?: string },
  { configuration, clock }: Pick<MessageContext, 'configuration' | 'clock'>,
): string {
  const { name, timeZone } = configuration().organisation;
  const today = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone }).format(clock.now());
  return fillTemplate(text, { ...known, organisationName: name[locale], today }).text;
}
