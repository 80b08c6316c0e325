import type { MessageTemplate, WrittenChannelName } from '../../../shared/contracts/messages/settings.ts';

/** The quick replies of a channel that what was typed may mean: by their shortcut first, then by their name and words. */
export function pickQuickReplies(
  templates: readonly MessageTemplate[],
  channel: WrittenChannelName,
  typed: string,
  language: 'en' | 'zh',
): readonly MessageTemplate[] {
  const wanted = typed.trim().toLowerCase();
  const rankOf = (template: MessageTemplate): number => {
    if (wanted === '' || template.shortcut === wanted) return 0;
    if (template.shortcut.startsWith(wanted)) return 1;
    const name = template.name[language].toLowerCase();
    if (name.startsWith(wanted)) return 2;
    if (name.includes(wanted)) return 3;
    return template.text[language].toLowerCase().includes(wanted) ? 4 : -1;
  };
  return templates
    .filter(({ channels }) => channels.includes(channel))
    .map((template) => ({ template, rank: rankOf(template) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ template }) => template);
}

/** What stands behind a slash that begins the line at the caret; null where there is none. */
export function typedAfterSlash(text: string, caret: number): string | null {
  return /(?:^|\n)\/([^\s/]{0,30})$/.exec(text.slice(0, caret))?.[1] ?? null;
}
