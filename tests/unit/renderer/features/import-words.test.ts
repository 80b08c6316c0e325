import { describe, expect, it } from 'vitest';
import { channelOf, localeOf, stageOf, tierOf, yesNoOf } from '../../../../cti-bridge/crm/import/values.ts';
import { problemWords, valueWords } from '../../../../renderer/features/import/words.ts';
import { formatsOf, type Text, type Translate } from '../../../../renderer/i18n/index.ts';
import { channelSchema, localeSchema, tierSchema } from '../../../../shared/contracts/contact.ts';
import { stages } from '../../../../shared/contracts/record.ts';
import { createI18n } from '../../../support/both-languages.ts';

const known: Parameters<typeof valueWords>[3] = {
  customFields: [
    {
      ...{ id: 'window', name: { en: 'Best reached', zh: '方便联系' }, on: 'person', kind: 'choice' },
      choices: [{ id: 'morning', name: { en: 'In the morning', zh: '上午' } }],
    },
    { id: 'letter', name: { en: 'Newsletter', zh: '订阅' }, on: 'person', kind: 'flag', choices: [] },
  ],
  offices: [{ id: 'ningbo', name: { en: 'Felixstowe', zh: '宁波分公司' } }],
};
const textIn = (language: 'en' | 'zh'): Text => ({ t: createI18n(language).t as unknown as Translate, formats: formatsOf(language) });
const texts = (['en', 'zh'] as const).map((language) => [language, textIn(language)] as const);

describe('what an import would store', () => {
  it.each([
    ['tier', 'gold', 'Gold', '金卡'],
    ['stage', 'new', 'New', '新入网'],
    ['locale', 'zh', '中文', '中文'],
    ['prefersChannel', 'document', 'Letter', '信函'],
    ['allowsSmsOffers', 'false', 'no', '否'],
    ['orgUnit', 'ningbo', 'Felixstowe', '宁波分公司'],
    ['custom:window', 'morning', 'In the morning', '上午'],
    ['custom:letter', 'true', 'yes', '是'],
    ['segment', 'gold', 'gold', 'gold'],
    ['orgUnit', 'elsewhere', 'elsewhere', 'elsewhere'],
  ])('is told in words: %s %s', (target, value, en, zh) => {
    const told = texts.map(([, text]) => valueWords(text, target, value, known));
    expect(told).toEqual([en, zh]);
  });

  it.each(texts)('and what could stand in a row in words that an import reads: %s', (_language, text) => {
    const problem = { row: 2, column: 'A', code: 'unknownValue', found: 'x' } as const;
    for (const [codes, of] of [
      [tierSchema.options, tierOf],
      [stages, stageOf],
      [localeSchema.options, localeOf],
      [channelSchema.options, channelOf],
    ] as const) {
      const sentence = problemWords(text, { ...problem, expected: codes.join(', ') });
      const words = /[:：](.*?)[.。]$/.exec(sentence)?.[1]?.split(/, |、/) ?? [];
      expect(words.map((word) => of(word.trim()))).toEqual([...codes]);
    }
    expect(problemWords(text, { ...problem, expected: 'CN, GB, US' })).toContain('CN, GB, US');
    expect([yesNoOf(text.t('record.yes')), yesNoOf(text.t('record.no'))]).toEqual([true, false]);
  });
});
