import { describe, expect, it } from 'vitest';
import { computeScore, monthsBefore, type ScoreInputs } from '../../../../cti-bridge/crm/index.ts';
import { formatsOf, type Language, scoreReasonText, scoreRuleSentence, type Text } from '../../../../renderer/i18n/index.ts';
import { defaultCustomerScores } from '../../../../shared/contracts/customer-scores.ts';
import { days } from '../../../../shared/duration.ts';
import { createI18n } from '../../../support/both-languages.ts';

const words = (language: Language): Text => {
  const i18n = createI18n(language);
  return { t: (key, facts = {}) => i18n.t(key, facts), formats: formatsOf(language) };
};
const now = new Date(2026, 10, 20, 9).getTime();
const ago = (count: number) => now - days(count);
const use = (before: number, recent: number) =>
  monthsBefore(now, 6).map((month, index) => ({ month, amount: index < 3 ? before : recent, currency: 'GBP' }));

const leaving: ScoreInputs = {
  ...{ of: 'company', use: use(528_000, 486_000), unpaidDueAt: [ago(40)], hasBills: true, complaintsAt: [ago(3), ago(60)] },
  ...{ leavingSignsAt: [ago(3)], lastContactAt: ago(200), contractEndsAt: now + days(24), customerSince: ago(4_000) },
  products: [{ quantity: 10, unused: 3 }],
  visits: [
    { at: ago(18), mood: 'atRisk' },
    { at: ago(100), mood: 'lead' },
  ],
  ...{ offersAcceptedAt: [ago(9)], stage: 'growing' },
};
const staying: ScoreInputs = {
  ...leaving,
  ...{ use: use(400_000, 486_000), unpaidDueAt: [], contractEndsAt: ago(3), products: [{ quantity: 10, unused: 0 }], stage: 'declining' },
  visits: [{ at: ago(18), mood: 'good' }],
};
const reasons = [leaving, staying].flatMap((inputs) => Object.values(computeScore(inputs, defaultCustomerScores, now).reasons).flat());

describe('a reason of a score', () => {
  it.each(['en', 'zh'] as const)('is said in %s with its rule, and without a hole', (language) => {
    const text = words(language);
    for (const reason of reasons) {
      const said = [scoreReasonText(text, reason), scoreRuleSentence(text, reason) ?? ''].join(' · ');
      expect(said, reason.code).not.toMatch(/\{\{|undefined|NaN|score\.|null/);
      expect(scoreReasonText(text, reason)).not.toBe(reason.code);
    }
  });

  it('tells the weights by which it counts', () => {
    const rule = (code: string, language: Language) => {
      const reason = reasons.findLast((each) => each.code === code);
      return reason && scoreRuleSentence(words(language), reason)?.replaceAll('\u00a0', ' ');
    };
    expect(rule('useLevel', 'en')).toBe('Half of 50 points at £500, all at £4,000, in proportion between.');
    expect(rule('complaints', 'en')).toBe('9 points each within 30 days, 4 within 90, at most 27 together.');
    expect(rule('complaints', 'zh')).toBe('30 天内每次 9 分，90 天内每次 4 分，合计最多 27 分。');
    expect(rule('contractEnds', 'en')).toBe('Counts from 30 days before the end, while no later contract is there.');
    expect(rule('paysOnTime', 'en')).toBeUndefined();
  });

  it('of a bridge that tells no rule is said without one', () => {
    expect(scoreRuleSentence(words('en'), { code: 'complaints', points: 9, facts: { count: 1, days: 30 } })).toBeNull();
    expect(scoreRuleSentence(words('en'), { code: 'somethingNew', points: 9, facts: {} })).toBeNull();
  });
});
