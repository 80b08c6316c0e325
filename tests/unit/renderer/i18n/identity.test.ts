import { describe, expect, it } from 'vitest';
import { candidateReasonSentence, formatsOf, likenessSentence, type Text } from '../../../../renderer/i18n/index.ts';
import { likenessSchema } from '../../../../shared/contracts/contact.ts';
import { candidateReasonSchema } from '../../../../shared/contracts/screen-pop.ts';
import { createI18n } from '../../../support/both-languages.ts';

const languages = ['en', 'zh'] as const;
const wordsOf = (language: (typeof languages)[number]): Text => ({
  t: (key, facts) => createI18n(language).t(key as never, facts as never) as unknown as string,
  formats: formatsOf(language),
});
const facts = {
  ...{ account: 'Kemp & Sons', kind: 'household', name: 'Ada Lin', at: Date.UTC(2026, 10, 21), count: 3 },
  ...{ value: '+447700900142', one: 'Ada Lin', other: 'Lin, Ada', day: '1984-03-28', address: '1 High St' },
};

describe.each(languages)('who is who, in words (%s)', (language) => {
  const words = wordsOf(language);

  it.each(Object.values(candidateReasonSchema.shape.code.def.entries))(
    'has a sentence for a candidate’s %s, with its facts and without',
    (code) => {
      for (const given of [facts, {}]) {
        const sentence = candidateReasonSentence(words, { code, points: 1, facts: given });
        expect(sentence).toMatch(/\S/);
        expect(sentence).not.toMatch(/candidate\.|\{\{|undefined/);
      }
    },
  );

  it.each(Object.values(likenessSchema.shape.code.def.entries))(
    'has a sentence for a likeness by %s, with its facts and without',
    (code) => {
      for (const given of [facts, {}]) {
        const sentence = likenessSentence(words, { code, points: 1, facts: given });
        expect(sentence).toMatch(/\S/);
        expect(sentence).not.toMatch(/likeness\.|\{\{|undefined/);
      }
    },
  );
});

describe('the line of a household', () => {
  it('is told otherwise than that of a company', () => {
    const reason = (kind: string) => ({ code: 'sharedLine' as const, points: 0, facts: { account: '周建平家庭', kind } });
    expect(candidateReasonSentence(wordsOf('zh'), reason('household'))).toBe('周建平家庭的家庭号码');
    expect(candidateReasonSentence(wordsOf('en'), reason('company'))).toBe('the line belongs to 周建平家庭');
  });
});
