import type { Configuration, ConfigurationProblem, SectionName } from '../../../shared/contracts/configuration.ts';
import { parseSkillExpression, type SkillExpressionProblem, skillsOf } from '../../../shared/skill-expression.ts';
import type { Text, TextKey } from '../../i18n/index.ts';
import { type ConfigurationSpot, type Entry, keyOf, spotOf, valueAt } from '../../stores/index.ts';
import { mistakesOf, mistakesOfOrganisation } from './mistakes.ts';
import { sourceEntry } from './references.ts';

type Section = SectionName | 'organisation';

/** A text that may not exist; null then. */
function textOf({ t }: Text, key: string): string | null {
  const text = t(key as TextKey);
  return text === key ? null : text;
}

export function sectionTitle({ t }: Text, section: Section | 'records' | 'history'): string {
  return t(`admin.section.${section}`);
}

/** What people call an entry; its id until it has a name. */
export function entryName(text: Text, section: SectionName, entry: Entry): string {
  const { name } = entry as { name: string | { en: string; zh: string } };
  const own = typeof name === 'string' ? name : name[text.formats.language] || name.en || name.zh;
  return own || keyOf(section, entry) || text.t('admin.entry.unnamed');
}

export function nameOf(text: Text, configuration: Configuration, section: SectionName, key: string): string {
  const entry = (configuration[section] as readonly Entry[]).find((each) => keyOf(section, each) === key);
  return entry ? entryName(text, section, entry) : key;
}

/** The announcements that come with the desktop have names in both languages; another one is called as its file. */
export function promptName(text: Text, prompt: string): string {
  return textOf(text, `value.prompt.${prompt}`) ?? prompt;
}

/** The name of a field by its path: the longest part of it that has one; what is left is said as it stands. */
export function fieldName(text: Text, section: Section, path: string): string {
  const steps = path.split('/').filter((step) => step !== '' && !/^\d+$/.test(step));
  const language = steps.at(-2) === 'name' ? steps.at(-1) : undefined;
  if (language === 'en' || language === 'zh') return text.t(`admin.organisation.name.${language}`);
  if (steps.length === 1 && (steps[0] === 'id' || steps[0] === 'code')) return text.t('admin.entry.id');
  const said = (from: string, rest: readonly string[]) =>
    rest
      .map((step) => valueWord(text, step) ?? textOf(text, `${from}.${step}`) ?? partWord(text, step) ?? step)
      .filter((word) => word !== '')
      .join(' ');
  for (let length = steps.length; length > 0; length -= 1) {
    // Where the steps between are values (`channels/voice/max`), the name goes around them.
    const around = textOf(
      text,
      `admin.${section}.${[...steps.slice(0, length - 1).filter((step) => valueWord(text, step) === null), steps[length - 1]].join('.')}`,
    );
    const between = steps.slice(0, length - 1).filter((step) => valueWord(text, step) !== null);
    if (around) {
      const rest = said(`admin.${section}`, [...between, ...steps.slice(length)]);
      return rest ? `${around} · ${rest}` : around;
    }
  }
  return path;
}

/** Steps that mean the same wherever they stand; which of several kinds something is goes without a name. */
const partKeys: Readonly<Record<string, TextKey | ''>> = {
  to: '',
  from: 'admin.hours.weekly.from',
  queue: 'admin.queues.diversion.queue',
  prompt: 'admin.queues.diversion.prompt',
  en: 'admin.english',
  zh: 'admin.chinese',
  env: 'admin.secret.where.env',
  file: 'admin.secret.where.file',
};
function partWord({ t }: Text, step: string): string | null {
  const key = partKeys[step];
  return key === undefined ? null : key === '' ? '' : t(key);
}

const plainValues = ['channel', 'day'] as const;
function valueWord(text: Text, step: string): string | null {
  for (const kind of plainValues) {
    const word = textOf(text, `value.${kind}.${step}`);
    if (word) return word;
  }
  return null;
}

const kindOfValue: Readonly<Record<string, string>> = {
  channel: 'channel',
  interrupts: 'channel',
  tier: 'tier',
  bypassTiers: 'customerTier',
  strategy: 'strategy',
  mode: 'wrapUp',
  to: 'diversion',
  kind: 'phone',
  prompt: 'prompt',
  locale: 'locale',
  rights: 'right',
  stages: 'stage',
  direction: 'direction',
  form: 'numberForm',
  shows: 'shownAs',
  codecs: 'codec',
  security: 'mailSecurity',
  channels: 'channel',
  languages: 'locale',
  tiers: 'customerTier',
  'mailboxes.kind': 'mailboxKind',
  'smsLines.kind': 'carrier',
  'documentSources.kind': 'documentKind',
  'dispositions.kind': 'followUp',
};
const sectionNamed: Readonly<Record<string, SectionName>> = {
  orgUnit: 'orgUnits',
  team: 'teams',
  capacity: 'capacities',
  hours: 'hours',
  queue: 'queues',
  leftQueues: 'queues',
  role: 'roles',
  defaultDisposition: 'dispositions',
  skills: 'skills',
};

/** A value of the configuration, as JSON of a change, in words. */
export function valueText(text: Text, configuration: Configuration, section: Section, path: string, json: string | null): string {
  if (json === null) return text.t('admin.change.nothing');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = json;
  }
  return saidValue(text, configuration, section, path, value);
}

function saidValue(text: Text, configuration: Configuration, section: Section, path: string, value: unknown): string {
  const { t, formats } = text;
  const said = (step: string, inner: unknown) => saidValue(text, configuration, section, `${path}/${step}`, inner);
  const field = path.split('/').findLast((step) => !/^\d+$/.test(step)) ?? '';
  if (value === null || value === undefined) return t('admin.change.nothing');
  if (typeof value === 'boolean') return t(value ? 'admin.yes' : 'admin.no');
  if (typeof value === 'number') {
    if (/seconds/i.test(field)) return formats.span(value * 1_000);
    if (/percent/i.test(field)) return `${value} ${t('admin.percent')}`;
    return /days/i.test(field) ? `${value} ${t('admin.days')}` : String(value);
  }
  if (typeof value === 'string') {
    if (value === '') return t('admin.change.empty');
    const kind = kindOfValue[`${section}.${field}`] ?? kindOfValue[field];
    const word = kind && section !== 'skills' ? textOf(text, `value.${kind}.${value}`) : null;
    const source = field === 'sources' ? sourceEntry(configuration, value) : null;
    if (source) return entryName(text, source.section, source.entry);
    const named = field === 'parent' && section !== 'organisation' ? section : sectionNamed[field];
    return word ?? (named ? nameOf(text, configuration, named, value) : value);
  }
  const joint = formats.language === 'zh' ? '、' : ', ';
  if (Array.isArray(value)) {
    if (value.length === 0) return t('admin.nobody');
    const parts = value.map((each, n) => said(String(n), each));
    // What has parts of its own is set apart by more than they are.
    return parts.join(value.some((each) => typeof each === 'object') ? (formats.language === 'zh' ? '；' : '; ') : joint);
  }
  const record = value as Record<string, unknown>;
  if (typeof record.en === 'string' && typeof record.zh === 'string') return formats.language === 'zh' ? record.zh : record.en;
  if (typeof record.from === 'string' && typeof record.to === 'string') return `${record.from}–${record.to}`;
  const entries = Object.entries(record);
  if (field === 'skills') {
    if (entries.length === 0) return t('admin.nobody');
    return entries.map(([skill, level]) => `${nameOf(text, configuration, 'skills', skill)} ${String(level)}`).join(joint);
  }
  return entries
    .map(([step, inner]) => {
      const name = partWord(text, step) ?? fieldName(text, section, `${path}/${step}`).split(' · ').at(-1) ?? '';
      return name === '' ? said(step, inner) : `${name}${formats.language === 'zh' ? '：' : ': '}${said(step, inner)}`;
    })
    .join(formats.language === 'zh' ? '，' : ', ');
}

/** `Queues · Billing · Ring for`: where a path of the bridge leads, in words. */
export function placeText(text: Text, configuration: Configuration, path: string): string {
  const spot = spotOf(configuration, path);
  if (!spot) return path;
  const [, key] = path.split('/');
  const entry = spot.section === 'organisation' || spot.index === null ? undefined : configuration[spot.section][spot.index];
  const named = spot.section === 'organisation' ? null : entry ? entryName(text, spot.section, entry) : (key ?? null);
  const field = spot.field === '' ? null : fieldPlace(text, configuration, spot.section, spot.field);
  return [sectionTitle(text, spot.section), named, field].filter((part) => part !== null).join(' · ');
}

/** A field where its form is not around it: with the name of the group it stands in, and of the skill it is about. */
function fieldPlace(text: Text, configuration: Configuration, section: Section, path: string): string {
  const skill = /^agent\/skills\/(.+)$/.exec(path)?.[1];
  if (skill) return `${fieldName(text, section, 'agent/skills')} · ${nameOf(text, configuration, 'skills', skill)}`;
  const [group = '', ...inner] = path.split('/');
  const own = fieldName(text, section, path);
  const around = inner.length > 0 ? textOf(text, `admin.${section}.${group}`) : null;
  return around && group !== 'agent' && group !== 'name' && around !== own.split(' · ')[0] ? `${around} · ${own}` : own;
}

/** A problem of the bridge, in this desktop's words where it knows the same mistake. */
export function problemText(text: Text, configuration: Configuration, problem: ConfigurationProblem): string {
  const { t } = text;
  const spot = spotOf(configuration, problem.path);
  if (spot?.index === null && (spot.section === 'roles' || spot.section === 'users')) return t('admin.mistake.noAdministrator');
  if (spot && spot.section === 'queues' && spot.index !== null && spot.field.endsWith('needs')) {
    const written = valueAt(configuration.queues[spot.index], spot.field);
    const mistake = typeof written === 'string' ? expressionProblem(text, configuration, written) : null;
    if (mistake !== null) return mistake;
  }
  if (spot?.section === 'queues' && spot.field.endsWith('/prompt')) return t('admin.mistake.prompt', { value: problem.found });
  const known = spot ? mistakesAt(configuration, spot).find(({ field }) => field === spot.field) : undefined;
  if (known) return t(known.key, known.facts);
  if (spot?.section === 'queues' && spot.field === 'afterCall') return t('admin.mistake.flow', { value: problem.found });
  return t('admin.mistake.bridge', { found: problem.found, expected: problem.expected });
}

function mistakesAt(configuration: Configuration, { section, index }: ConfigurationSpot) {
  if (section === 'organisation') return mistakesOfOrganisation(configuration);
  return index === null ? [] : mistakesOf(configuration, section, index);
}

/** What is wrong with an expression, in words: how it is written, or a skill it names; null when nothing is. */
export function expressionProblem(text: Text, { skills }: Configuration, written: string): string | null {
  const parsed = parseSkillExpression(written);
  if (!parsed.ok) return expressionMistake(text, parsed.problem);
  const known = skills.map((skill) => skill.id);
  const skill = skillsOf(parsed.expression).find((each) => !known.includes(each));
  if (skill === undefined) return null;
  return text.t('admin.expression.unknownSkill', { skill, known: known.join(', ') || text.t('admin.expression.noSkills') });
}

/** The parser speaks English; what it expected is told in the reader's language. */
function expressionMistake({ t }: Text, problem: SkillExpressionProblem): string {
  const expected = problem.expected.startsWith('a skill')
    ? t('admin.expression.expected.skill')
    : problem.expected.startsWith('a level')
      ? t('admin.expression.expected.level')
      : problem.expected.startsWith('a closing')
        ? t('admin.expression.expected.bracket')
        : problem.expected.startsWith('"and"')
          ? t('admin.expression.expected.joint')
          : t('admin.expression.expected.depth');
  const found = problem.found.startsWith('"') ? `“${problem.found.slice(1, -1)}”` : t('admin.expression.found.end');
  return t('admin.expression.mistake', { at: problem.at + 1, found, expected });
}

/** What stands in the history beside a change: what somebody wrote, or what the bridge notes of itself, in the reader's language. */
export function noteText({ t }: Text, note: string): string {
  const undone = /^undo of (\d+)$/.exec(note)?.[1];
  if (undone !== undefined) return t('admin.history.note.undo', { revision: undone });
  const name = /^password of (.+) set$/.exec(note)?.[1];
  if (name !== undefined) return t('admin.history.note.password', { name });
  return noteOfFlow({ t }, note) ?? noteOfPrompt({ t }, note) ?? note;
}

/** What was done with a call flow, and why where somebody said it. */
function noteOfFlow({ t }: Pick<Text, 't'>, note: string): string | null {
  if (note === 'numbers of flows saved') return t('admin.history.note.flowNumbers');
  const [, flow = '', done, restored = '', why = ''] =
    /^flow ([\w.-]+)(?: (published|removed)|: (?:draft discarded|version (\d+) restored))(?:: (.*))?$/s.exec(note) ?? [];
  if (flow === '') return null;
  const said =
    done === 'published'
      ? t('admin.history.note.flowPublished', { flow })
      : done === 'removed'
        ? t('admin.history.note.flowRemoved', { flow })
        : restored === ''
          ? t('admin.history.note.flowDiscarded', { flow })
          : t('admin.history.note.flowRestored', { flow, version: restored });
  return why === '' ? said : t('admin.history.note.because', { said, why });
}

const originKeys = {
  uploaded: 'admin.history.note.soundUploaded',
  recorded: 'admin.history.note.soundRecorded',
  spoken: 'admin.history.note.soundSpoken',
  ' taken away': 'admin.history.note.soundTakenAway',
} as const satisfies Record<string, TextKey>;

/** What was done with a prompt, in its language where it was one of them. */
function noteOfPrompt({ t }: Pick<Text, 't'>, note: string): string | null {
  const [, text, removed] = /^the (?:text of the prompt ([\w.-]+)|prompt ([\w.-]+) removed)$/.exec(note) ?? [];
  if (text !== undefined) return t('admin.history.note.promptText', { prompt: text });
  if (removed !== undefined) return t('admin.history.note.promptRemoved', { prompt: removed });
  const [, prompt, locale, did] =
    /^the sound of the prompt ([\w.-]+) \((en|zh)\)(?:: )?(uploaded|recorded|spoken| taken away)$/.exec(note) ?? [];
  if (prompt === undefined) return null;
  return t(originKeys[did as keyof typeof originKeys], { prompt, language: t(`value.locale.${locale as 'en' | 'zh'}`) });
}

/** Whether the words of a filter are all in what is said about something. */
export function fits(filter: string, ...said: readonly (string | null | undefined)[]): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const all = said.join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}
