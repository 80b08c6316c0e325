import { churnReasonCodes, growthReasonCodes, valueReasonCodes } from '../../shared/contracts/customer-scores.ts';
import type { ScoreReason } from '../../shared/contracts/record.ts';
import { numberOf, textOf } from './facts.ts';
import type { Text } from './i18n.ts';

const codes = [...valueReasonCodes, ...growthReasonCodes, ...churnReasonCodes];

/** One reason of a score as a sentence. A fact that is missing costs detail; a code of a newer bridge is shown as it is. */
export function scoreReasonText({ t, formats }: Text, { code, facts }: ScoreReason): string {
  const known = codes.find((each) => each === code);
  switch (known) {
    case undefined:
      return code;
    case 'useLevel':
    case 'noLevel': {
      const [amount, currency] = [numberOf(facts, 'amount'), textOf(facts, 'currency')];
      if (amount === null || currency === null) return t(`score.${known}`);
      return t(`score.${known}.full`, { amount: formats.money(amount, currency), currency });
    }
    case 'tenure':
      return withNumbers('years');
    case 'products':
      return withNumbers('count');
    case 'offersAccepted':
    case 'complaints':
    case 'leavingSigns':
      return withNumbers('count', 'days');
    case 'useRising':
    case 'useFalling':
      return withNumbers('percent');
    case 'roomForProducts':
      return withNumbers('held', 'of');
    case 'linesFull':
      return withNumbers('of');
    case 'unusedLines':
      return withNumbers('unused', 'of');
    case 'visitLead':
    case 'visitAtRisk':
    case 'visitGood':
      return withDate('at');
    case 'contractEnds':
    case 'contractOver':
      return withDate('endsAt');
    case 'arrears':
      return withDate('since');
    case 'silence':
      return withDate('lastAt');
    case 'paysOnTime':
    case 'start':
    case 'growingStage':
    case 'decliningStage':
      return t(`score.${known}`);
  }

  function withNumbers(...names: readonly string[]): string {
    const numbers = names.map((name) => [name === 'years' ? 'count' : name, numberOf(facts, name)] as const);
    if (numbers.some(([, number]) => number === null)) return t(`score.${known as 'tenure'}`);
    return t(`score.${known as 'tenure'}.full`, Object.fromEntries(numbers.map(([name, number]) => [name, Math.round(number ?? 0)])));
  }
  function withDate(name: string): string {
    const at = numberOf(facts, name);
    return at === null ? t(`score.${known as 'silence'}`) : t(`score.${known as 'silence'}.full`, { date: formats.date(at) });
  }
}
