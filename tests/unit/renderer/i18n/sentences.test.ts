import { describe, expect, it } from 'vitest';
import {
  formatsOf,
  knowSentence,
  type Language,
  pathSentence,
  pathSteps,
  type Text,
  voiceOf,
  whyText,
} from '../../../../renderer/i18n/index.ts';
import type { ThingToKnow } from '../../../../shared/contracts/contact.ts';
import { createI18n } from '../../../support/both-languages.ts';

const words = (language: Language): Text => {
  const i18n = createI18n(language);
  return { t: (key, facts) => i18n.t(key, facts ?? {}), formats: formatsOf(language) };
};
const en = words('en');
const zh = words('zh');
const now = new Date('2026-11-21T10:00:00').getTime();

describe('sentences from codes', () => {
  it('say why an agent was chosen, in both languages', () => {
    const why = [
      { code: 'queueChosen', facts: { nameEn: 'Billing', nameZh: '账务组' } },
      { code: 'skillMatched', facts: { skill: 'billing', level: 4 } },
      { code: 'longestIdle', facts: { idleMs: 252_000, ofAgents: 3 } },
    ] as const;
    expect(whyText(en, why).replaceAll('\u00a0', ' ')).toBe(
      'The caller chose Billing in the menu. You have Billing 4. You were free for 4 min 12 s, the longest of 3.',
    );
    expect(whyText(zh, why).replaceAll('\u00a0', ' ')).toBe(
      '客户在语音导航中选择了账务组。您的技能：账务 4 级。在 3 位符合条件的坐席中，您空闲时间最长（4 分 12 秒）。',
    );
  });

  it('call skills and reasons what the organisation calls them', () => {
    const organisation = {
      skills: [{ id: 'kAcc2', name: { en: 'Key accounts', zh: '大客户' } }],
      reasons: [{ id: 'r7', name: { en: 'Tea', zh: '茶歇' } }],
    };
    const matched = [{ code: 'skillMatched', facts: { skill: 'kAcc2', level: 6 } }] as const;
    const away = [{ code: 'agentNotReady', facts: { reason: 'r7' } }] as const;
    expect(whyText(en, matched, voiceOf(en, organisation))).toBe('You have Key accounts 6.');
    expect(whyText(zh, matched, voiceOf(zh, organisation))).toContain('大客户');
    expect(whyText(en, away, voiceOf(en, organisation))).toContain('Tea');
  });

  const steps = ['dialled', 'recognised', 'language', 'pressed', 'silent', 'wrongKey', 'entered', 'queued', 'rings'] as const;
  it.each(steps)('tell the step %s without facts', (code) => {
    for (const language of [en, zh]) expect(pathSentence(language, { at: 0, code, facts: {} }).text).toMatch(/^[^{}]+$/u);
  });

  const things = [
    'promiseDue',
    'promiseOverdue',
    'complaintOpen',
    'caseOverdue',
    'contractEnding',
    'arrears',
    'anniversary',
    'churnRisk',
    'unusedLines',
    'prefersChannel',
    'calledRecently',
  ] as const;
  it.each(things)('tell the thing %s without facts', (code) => {
    for (const language of [en, zh]) expect(knowSentence(language, { severity: 1, code, facts: {} }, now).title).toMatch(/^[^{}]+$/u);
  });

  it('say that a language is that of the record only where it is', () => {
    const said = (source: string) => pathSentence(en, { at: 0, code: 'language', facts: { locale: 'en', source } }).text;
    expect([said('record'), said('default'), said('flow')]).toEqual(['English, as on the record', 'English', 'English']);
  });

  it('show a key as a key and its label in the language of the screen', () => {
    const step = { at: 0, code: 'pressed', facts: { key: '2', labelEn: 'Bills', labelZh: '账单' } } as const;
    expect(pathSentence(en, step)).toMatchObject({ pressed: '2', text: 'Bills' });
    expect(pathSentence(zh, step)).toMatchObject({ pressed: '2', text: '账单' });
  });

  it('tell money, days and times as each language writes them', () => {
    const arrears: ThingToKnow = { severity: 2, code: 'arrears', facts: { amount: 12_350, currency: 'CNY' } };
    expect(knowSentence(zh, arrears, now).title).toBe('欠费 ¥123.50');
    const contract: ThingToKnow = { severity: 2, code: 'contractEnding', facts: { inDays: 1 } };
    expect(knowSentence(en, contract, now).title).toBe('The contract ends in 1 day');
  });

  it.each([
    ['2026-11-21T17:00:00', 'A call-back is due today\u00a017:00', '承诺回电：今天\u00a017:00 前'],
    ['2026-11-22T12:00:00', 'A call-back is due tomorrow\u00a012:00', '承诺回电：明天\u00a012:00 前'],
    ['2026-11-24T09:00:00', 'A call-back is due 24 Nov', '承诺回电：11-24 前'],
  ])('tell by when a call-back is owed: %s', (moment, english, chinese) => {
    const promise: ThingToKnow = { severity: 1, code: 'promiseDue', facts: { dueAt: new Date(moment).getTime(), text: 'Roaming' } };
    expect(knowSentence(en, promise, now)).toEqual({ title: english, detail: 'Roaming' });
    expect(knowSentence(zh, promise, now).title).toBe(chinese);
  });

  it('set a Latin name off by spaces, and a Chinese one by none', () => {
    const recognised = (name: string) => ({ at: 0, code: 'recognised', facts: { name } }) as const;
    expect(pathSentence(zh, recognised('陈志远')).text).toBe('识别为陈志远');
    expect(pathSentence(zh, recognised('Julia Brandt')).text).toBe('识别为 Julia Brandt');
    expect(pathSentence(en, recognised('陈志远')).text).toBe('Recognised as 陈志远');
  });

  it('tell a moment as a part of a second, never as none', () => {
    expect([0, 380, 949, 950, 68_400].map(en.formats.seconds)).toEqual(['0.1', '0.4', '0.9', '1', '68']);
  });

  it('leave out a language that was replaced before a word was said in it', () => {
    const step = (code: 'dialled' | 'language' | 'queued', locale = '') => ({ at: 0, code, facts: { locale } });
    const path = [step('dialled'), step('language', 'zh'), step('language', 'en'), step('queued')];
    expect(pathSteps(path).map(({ facts }) => facts.locale)).toEqual(['', 'en', '']);
  });

  it('write dates as 18 Nov and 11-18', () => {
    const at = new Date('2026-11-18T08:00:00').getTime();
    expect(formatsOf('en').date(at)).toMatch(/^18 Nov/);
    expect(formatsOf('zh').date(at)).toMatch(/11-18$/);
    expect(formatsOf('zh').month(at, now)).toBe('11 月');
  });
});
