import { type TemplateField, templateFields } from '../../../shared/contracts/messages/settings.ts';
import { textFaults } from '../../../shared/fill-template.ts';
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
  const faults = textFaults(text, fields, how === 'optional');
  const isInNone = faults.filter(({ kind }) => kind === 'missing').length === 2;
  for (const fault of faults) {
    const at = `${path}/${fault.language}`;
    const other = fault.language === 'en' ? 'Chinese' : 'English';
    if (fault.kind === 'missing') report(at, 'nothing', isInNone ? 'a text' : `a text as in ${other}: customers read one of the two`);
    else if (fault.kind === 'open') report(at, '{{ without }}', `a field as in {{${fields[0]}}}`);
    else report(at, `{{${fault.name}}}`, `one of ${fields.map((field) => `{{${field}}}`).join(', ')}`);
  }
}
