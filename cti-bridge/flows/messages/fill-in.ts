import type { Locale } from '../../../shared/contracts/contact.ts';
import { fillTemplate } from '../../../shared/fill-template.ts';
import type { MessageContext } from './context.ts';

/** Making one takes longer than all else that is done to a short text. */
const days = new Map<string, Intl.DateTimeFormat>();

function dayIn(locale: Locale, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = days.get(key) ?? new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone });
  days.set(key, known);
  return known;
}

/** Words that are set up, with what they name filled in: of whoever writes, if somebody does, and of the house. */
export function fillIn(
  text: string,
  locale: Locale,
  known: { readonly agentName?: string; readonly subject?: string },
  { configuration, clock }: Pick<MessageContext, 'configuration' | 'clock'>,
): string {
  const { name, timeZone } = configuration().organisation;
  const today = dayIn(locale, timeZone).format(clock.now());
  return fillTemplate(text, { ...known, organisationName: name[locale], today }).text;
}
