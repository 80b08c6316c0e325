import { describe, expect, it } from 'vitest';
import { validateConfiguration } from '../../../../cti-bridge/organisation/index.ts';
import { mistakesOf } from '../../../../renderer/features/admin/mistakes.ts';
import { usesOf } from '../../../../renderer/features/admin/references.ts';
import { fieldName, noteText, placeText, problemText, promptName, valueText } from '../../../../renderer/features/admin/words.ts';
import { formatsOf, type Text, type Translate } from '../../../../renderer/i18n/index.ts';
import { spotOf } from '../../../../renderer/stores/index.ts';
import { type Configuration, type SectionName, sections } from '../../../../shared/contracts/configuration.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { stageConfiguration } from '../../../support/ui-stage/organisation.ts';

const textIn = (language: 'en' | 'zh'): Text => ({ t: createI18n(language).t as unknown as Translate, formats: formatsOf(language) });
const english = textIn('en');
const chinese = textIn('zh');
const stage = stageConfiguration();
const desk = stage.users[0]?.agent;
const changed = (section: SectionName, index: number, change: object): Configuration => ({
  ...stage,
  [section]: (stage[section] as readonly object[]).map((entry, at) => (at === index ? { ...entry, ...change } : entry)),
});

/** Every path down to plain values. */
function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && typeof value[0] !== 'object')) return [path];
  return Object.entries(value).flatMap(([step, inner]) => pathsOf(inner, path === '' ? step : `${path}/${step}`));
}

describe('the words of the administration', () => {
  it('name every field of the configuration in both languages', () => {
    const nameless = (['organisation', ...Object.keys(sections)] as ('organisation' | SectionName)[]).flatMap((section) => {
      const entries: readonly unknown[] = section === 'organisation' ? [stage.organisation] : stage[section];
      return entries.flatMap((entry) =>
        pathsOf(entry)
          .filter((path) => !/^(agent\/)?skills\//.test(path))
          .flatMap((path) =>
            [english, chinese].flatMap((text) => {
              const name = fieldName(text, section, path);
              // A step of the path itself in the name means that the name is missing.
              return name.split(' · ').some((part) => path.split('/').includes(part)) ? [`${section}: ${path} = ${name}`] : [];
            }),
          ),
      );
    });
    expect([...new Set(nameless)]).toEqual([]);
  });

  it('say a change as a reader would', () => {
    const said = (path: string, json: string | null) => valueText(english, stage, 'queues', path, json);
    expect(said('strategy', '"longestIdle"')).toBe('Longest free');
    expect(said('serviceLevel/thresholdSeconds', '90')).toBe('1\u00a0min\u00a030\u00a0s');
    expect(said('hours', '"office"')).toBe('Office hours');
    expect(said('hours', 'null')).toBe('nothing');
    expect(said('whenClosed', '{"to":"queue","queue":"general"}')).toBe('Goes to another queue, Queue: General');
    expect(valueText(chinese, stage, 'users', 'agent/skills', '{"billing":8}')).toBe('账务 8');
  });

  it('tell what was done with call flows, and why', () => {
    const notes = [
      'flow hotline-zh published',
      'flow hotline-zh published: bills: a key of their own',
      'flow a.b: version 12 restored: too many calls',
      'flow hotline: draft discarded',
      'flow hotline removed',
      'numbers of flows saved',
      'flow of the river',
      'screen',
    ];
    expect(notes.map((note) => noteText(english, note))).toEqual([
      'Call flow hotline-zh published',
      'Call flow hotline-zh published: bills: a key of their own',
      'Call flow a.b: version 12 restored: too many calls',
      'Call flow hotline: draft discarded',
      'Call flow hotline removed',
      'Numbers of call flows saved',
      'flow of the river',
      'screen',
    ]);
    expect(noteText(chinese, notes[2] ?? '')).toBe('语音流程 a.b：已恢复第 12 版：too many calls');
  });

  it('tell what was done with prompts, and in which language', () => {
    const notes = [
      'the text of the prompt our-notice',
      'the sound of the prompt our-notice (zh): spoken',
      'the sound of the prompt our-notice (en): uploaded',
      'the sound of the prompt our-notice (en): recorded',
      'the sound of the prompt our-notice (en) taken away',
      'the prompt our-notice removed',
      'the prompt was wrong',
    ];
    expect(notes.map((note) => noteText(english, note))).toEqual([
      'Text of the prompt our-notice',
      'Prompt our-notice (中文): sound spoken by a program',
      'Prompt our-notice (English): sound uploaded',
      'Prompt our-notice (English): sound recorded',
      'Prompt our-notice (English): sound taken away',
      'Prompt our-notice removed',
      'the prompt was wrong',
    ]);
    expect(noteText(chinese, notes[4] ?? '')).toBe('语音提示 our-notice（English）：已移除声音');
  });

  it('name the announcements that come with the desktop, and call another one as its file', () => {
    expect([promptName(english, 'queue-closed'), promptName(chinese, 'queue-closed')]).toEqual(['We are closed', '非服务时间']);
    expect(promptName(english, 'summer-party')).toBe('summer-party');
    expect(valueText(english, stage, 'queues', 'whenFull', '{"to":"announce","prompt":"all-busy"}')).toContain('All agents are busy');
  });

  it('say where a path leads', () => {
    expect(placeText(english, stage, 'queues/billing/serviceLevel/targetPercent')).toBe('Queues · Billing · Service level · Target');
    expect(placeText(chinese, stage, 'users/lena/agent/skills/french')).toBe('人员 · Lena Hartmann · 技能 · 法语');
    expect(placeText(english, stage, 'hours/office/weekly/fri')).toBe('Opening hours · Office hours · Every week · Friday');
  });

  it('tell a problem of the bridge in their own language where they know it', () => {
    const configuration = changed('queues', 0, { ringSeconds: 2 });
    const problem = { path: 'queues/billing/ringSeconds', found: '2', expected: 'a number of at least 3' };
    expect([problemText(english, configuration, problem), problemText(chinese, configuration, problem)]).toEqual([
      'At least 3.',
      '不小于 3。',
    ]);
    const misspelt = changed('queues', 1, { needs: 'technical >=' });
    const needs = { path: 'queues/technical/needs', found: 'the end', expected: 'a level from 1 to 10' };
    expect(problemText(chinese, misspelt, needs)).toBe('第 13 个字符：此处是结尾，应为 1 至 10 的级别。');
    const prompt = { path: 'queues/billing/whenClosed/prompt', found: 'we-are-shut', expected: 'a prompt that exists' };
    expect(problemText(chinese, stage, prompt)).toBe('没有中英文齐备的语音提示“we-are-shut”，请另选。');
    const circle = { path: 'queues/sales/overflow/queue', found: 'sales to general to sales', expected: 'no circle' };
    expect(problemText(english, stage, circle)).toBe('Found sales to general to sales; expected no circle.');
  });
});

describe('mistakes told while typing', () => {
  it.each<[string, Configuration, SectionName, number, [string, string][]]>([
    ['nothing wrong', stage, 'queues', 0, []],
    ['a ring time too short', changed('queues', 0, { ringSeconds: 2 }), 'queues', 0, [['ringSeconds', 'admin.mistake.atLeast']]],
    ['an empty number', changed('queues', 0, { ringSeconds: null }), 'queues', 0, [['ringSeconds', 'admin.mistake.required']]],
    ['letters for a number', changed('queues', 0, { ringSeconds: 'soon' }), 'queues', 0, [['ringSeconds', 'admin.mistake.number']]],
    ['hours that are gone', changed('queues', 0, { hours: 'evenings' }), 'queues', 0, [['hours', 'admin.mistake.gone']]],
    [
      'overflow to itself',
      changed('queues', 0, { overflow: { afterSeconds: 9, queue: 'billing' } }),
      'queues',
      0,
      [['overflow/queue', 'admin.mistake.overflowSelf']],
    ],
    [
      'a ring earlier than the one before',
      changed('queues', 0, {
        rings: [
          { afterSeconds: 30, needs: '' },
          { afterSeconds: 30, needs: '' },
        ],
      }),
      'queues',
      0,
      [['rings/1/afterSeconds', 'admin.mistake.ringOrder']],
    ],
    ['an id that is taken', changed('skills', 1, { id: 'billing' }), 'skills', 1, [['id', 'admin.mistake.taken']]],
    [
      'a name that is missing',
      changed('skills', 1, { name: { en: '', zh: '技术' } }),
      'skills',
      1,
      [['name/en', 'admin.mistake.required']],
    ],
    [
      'hours that overlap',
      changed('hours', 0, {
        weekly: {
          mon: [
            { from: '08:00', to: '12:00' },
            { from: '11:00', to: '13:00' },
          ],
        },
      }),
      'hours',
      0,
      [['weekly/mon/1/from', 'admin.mistake.spanOverlap']],
    ],
    [
      'hours that end before they begin',
      changed('hours', 0, { weekly: { mon: [{ from: '18:00', to: '08:00' }] } }),
      'hours',
      0,
      [['weekly/mon/0/to', 'admin.mistake.spanOrder']],
    ],
    ['a city under headquarters', changed('orgUnits', 2, { parent: 'hq' }), 'orgUnits', 2, [['parent', 'admin.mistake.above.city']]],
    ['an office under itself', changed('orgUnits', 0, { parent: 'bristol' }), 'orgUnits', 0, [['parent', 'admin.mistake.underItself']]],
    ['capitals in a sign-in name', changed('users', 0, { username: 'Lena' }), 'users', 0, [['username', 'admin.mistake.lowercase']]],
    [
      'a desk phone at a name instead of an address',
      changed('users', 0, { agent: { ...desk, phone: { kind: 'address', uri: 'sip:6012@phone.example' } } }),
      'users',
      0,
      [['agent/phone/uri', 'admin.mistake.ipAddress']],
    ],
    [
      'a password of a desk phone among the settings of the bridge',
      changed('users', 0, { agent: { ...desk, phone: { kind: 'registered', password: { env: 'CROSSPOINT_PHONE' } } } }),
      'users',
      0,
      [['agent/phone/password/env', 'admin.mistake.ownVariable']],
    ],
    [
      'a password of a trunk among them',
      changed('trunks', 0, { password: { env: 'CROSSPOINT_TRUNK' } }),
      'trunks',
      0,
      [['password/env', 'admin.mistake.ownVariable']],
    ],
    ['a role without sign-in', changed('roles', 0, { rights: ['work:handle'] }), 'roles', 0, [['rights', 'admin.mistake.signIn']]],
    [
      'callbacks of mails',
      changed('queues', 4, { callbackAfterSeconds: 60 }),
      'queues',
      4,
      [['callbackAfterSeconds', 'admin.mistake.onlyCalls']],
    ],
    [
      'overflow of calls to mails, and an outcome with others below it',
      changed('queues', 3, {
        overflow: { afterSeconds: 60, queue: 'mail' },
        wrapUp: { mode: 'timed', seconds: 90, extendBySeconds: 60, maxExtensions: 2, defaultDisposition: 'invoice' },
      }),
      'queues',
      3,
      [
        ['wrapUp/defaultDisposition', 'admin.mistake.leaf'],
        ['overflow/queue', 'admin.mistake.otherChannel'],
      ],
    ],
    [
      'a profile without room',
      changed('capacities', 1, { channels: { voice: { max: 0, weight: 100, interrupts: [] } } }),
      'capacities',
      1,
      [['channels', 'admin.mistake.noWork']],
    ],
    ['a trunk that may talk in Opus beside G.711', changed('trunks', 0, { codecs: ['opus', 'PCMU'] }), 'trunks', 0, []],
    ['a trunk without a codec to begin in', changed('trunks', 0, { codecs: ['opus'] }), 'trunks', 0, [['codecs', 'admin.mistake.codecs']]],
    ['a trunk without codecs', changed('trunks', 0, { codecs: [] }), 'trunks', 0, [['codecs', 'admin.mistake.atLeast']]],
  ])('find %s', (_what, configuration, section, index, mistakes) => {
    expect(mistakesOf(configuration, section, index).map(({ field, key }) => [field, key])).toEqual(mistakes);

    // The bridge refuses the same, at the same place or at the whole of which it is a part.
    const judged = validateConfiguration(configuration);
    const refused = judged.ok ? [] : judged.problems.flatMap(({ path }) => spotOf(configuration, path) ?? []);
    for (const [field = ''] of mistakes)
      expect(refused.some((spot) => spot.section === section && `${field}/`.startsWith(spot.field === '' ? '' : `${spot.field}/`))).toBe(
        true,
      );
    if (mistakes.length === 0) expect(judged.ok).toBe(true);
  });
});

it('finds every place that uses an entry', () => {
  expect(usesOf(stage, 'skills', 'french').map(({ section, index }) => `${section}/${index}`)).toEqual(['users/0']);
  expect(usesOf(stage, 'skills', 'keyAccounts').map(({ section, field }) => `${section} ${field}`)).toEqual([
    'queues rings/1/needs',
    'users agent/skills/keyAccounts',
  ]);
  expect(usesOf(stage, 'hours', 'office')).toHaveLength(2);
  expect(usesOf(stage, 'dispositions', 'credit-full')).toEqual([]);
});
