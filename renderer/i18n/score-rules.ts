import type { ScoreReason } from '../../shared/contracts/record.ts';
import { numberOf, textOf } from './facts.ts';
import type { Text } from './i18n.ts';

/** By what rule it counts, with the weights of the organisation; null where there is nothing to add. */
export function scoreRuleSentence(text: Text, { code, facts }: ScoreReason): string | null {
  const { t } = text;
  const all = { ...facts, middle: money(text, facts, 'middle'), high: money(text, facts, 'high') };
  const has = (name: string) => numberOf(facts, name) !== null;
  switch (code) {
    case 'useLevel':
      return has('high') ? t('score.rule.useLevel', all) : null;
    case 'noLevel':
      return t('score.rule.noLevel');
    case 'products':
    case 'offersAccepted':
      return has('each') ? t('score.rule.each', all) : null;
    case 'tenure':
      return has('each') ? t('score.rule.perYear', all) : null;
    case 'useRising':
    case 'useFalling':
      return has('from') ? t('score.rule.perPercentFrom', all) : has('each') ? t('score.rule.perPercent', all) : null;
    case 'roomForProducts':
      return has('each') ? t('score.rule.room', all) : null;
    case 'complaints':
      return has('recentDays') ? t('score.rule.complaints', all) : has('each') ? t('score.rule.each', all) : null;
    case 'leavingSigns':
      return has('each') ? t('score.rule.leaving', all) : null;
    case 'visitLead':
      return has('days') ? t('score.rule.within', all) : null;
    case 'visitAtRisk':
    case 'visitGood':
      return has('days') ? t('score.rule.latestVisit', all) : null;
    case 'contractEnds':
      return has('days') ? t('score.rule.contractEnds', all) : null;
    case 'arrears':
      return has('days') ? t('score.rule.arrears', all) : null;
    case 'silence':
      return has('days') ? t('score.rule.silence', all) : null;
    case 'unusedLines':
      return has('from') ? t('score.rule.unused', all) : null;
    default:
      return null;
  }
}

function money({ formats }: Text, facts: ScoreReason['facts'], name: string): string {
  const [amount, currency] = [numberOf(facts, name), textOf(facts, 'currency')];
  return amount === null || currency === null ? '' : formats.money(amount, currency);
}
