import { type TemplateField, templateFields } from '../../../shared/contracts/messages/settings.ts';
import { fieldsIn } from '../../../shared/fill-template.ts';
import type { Check, Report } from '../draft.ts';

/** Templates in both languages, with fields that exist, each found by one shortcut. */
export const checkMessageTemplates: Check = (draft, report) => {
  const shortcuts = new Map<string, string>();
  for (const { id, channels, shortcut, subject, text } of draft.messageTemplates) {
    const path = `messageTemplates/${id}`;
    checkTexts(report, `${path}/subject`, subject, templateFields);
    checkTexts(report, `${path}/text`, text, templateFields, 'required');
    for (const channel of shortcut === '' ? [] : channels) {
      const owner = shortcuts.get(`${channel} ${shortcut}`);
      if (owner === undefined) shortcuts.set(`${channel} ${shortcut}`, id);
      else if (owner !== id) {
        report(`${path}/shortcut`, `${shortcut}, which ${owner} has for ${channel}`, 'a shortcut of its own, or none');
        break;
      }
    }
  }
};

type InBoth = Readonly<Record<'en' | 'zh', string>>;

/** A text in both languages, or in neither where it may be left out; with fields of these and no others. */
export function checkTexts(
  report: Report,
  path: string,
  text: InBoth,
  fields: readonly TemplateField[],
  how: 'required' | 'optional' = 'optional',
): void {
  const missing = (['en', 'zh'] as const).filter((language) => text[language].trim() === '');
  const isMissing = how === 'required' ? missing.length > 0 : missing.length === 1;
  if (isMissing)
    for (const language of missing)
      report(
        `${path}/${language}`,
        'nothing',
        missing.length === 2 ? 'a text' : `a text as in ${language === 'en' ? 'Chinese' : 'English'}: customers read one of the two`,
      );
  for (const language of ['en', 'zh'] as const) {
    const found = fieldsIn(text[language]);
    const unknown = found.find(({ name }) => !fields.some((field) => field === name));
    if (unknown) report(`${path}/${language}`, `{{${unknown.name}}}`, `one of ${fields.map((field) => `{{${field}}}`).join(', ')}`);
    else if (found.reduceRight((left, { from, to }) => left.slice(0, from) + left.slice(to), text[language]).includes('{{'))
      report(`${path}/${language}`, '{{ without }}', `a field as in {{${fields[0]}}}`);
  }
}
