import type { TemplateField } from '../../../shared/contracts/messages/settings.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { formatsOf, type Language } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';

/** What stands for the fields of a template in this language, as far as it is known of who is at hand; nobody is where there is no contact. */
export function templateFieldsOf(
  { desk }: Pick<Stores, 'desk'>,
  pop: ScreenPop | null,
  locale: Language,
): Partial<Record<TemplateField, string | null>> {
  const contact = pop?.match.kind === 'certain' ? pop.match.contact : null;
  const { user, organisation } = desk.getState();
  return {
    customerName: contact?.name ?? null,
    customerTitle: contact?.title ?? null,
    companyName: contact?.accountName ?? null,
    agentName: user?.name ?? null,
    organisationName: organisation?.name[locale] ?? null,
    caseNumber: contact?.cases.length === 1 ? (contact.cases[0]?.number ?? null) : null,
    today: formatsOf(locale).longDate(Date.now()),
  };
}
