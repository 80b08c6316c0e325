import type { Facts } from './conditions.ts';
import type { Guide, GuideField, GuideRun, Words } from './contracts/guides.ts';
import { filled } from './fact-template.ts';
import { countedAnswers, factsOfRun } from './guide-steps.ts';

/** What a run says in one language: texts with their facts filled in, and the answers as they stand in a case. */
export type GuideLanguage = keyof Words;

const yesNo = { en: { yes: 'Yes', no: 'No' }, zh: { yes: '是', no: '否' } } as const;
const approved = { en: (name: string) => ` (approved by ${name})`, zh: (name: string) => `（由 ${name} 批准）` } as const;
const asked = { en: (name: string) => ` (asked by ${name})`, zh: (name: string) => `（由 ${name} 询问）` } as const;
const locales = { en: 'en-GB', zh: 'zh-CN' } as const;

/** A text of the guide as it is read. What was written into a fact stays text, whatever braces it has. */
export function wordsOfRun(guide: Guide, run: GuideRun, text: Words, language: GuideLanguage): string {
  return filled(text[language], factsInWords(guide, run, language), (value) => value);
}

/** One line per answer, as it stands in the case. */
export function answersInWords(guide: Guide, run: GuideRun, language: GuideLanguage): readonly string[] {
  return countedAnswers(guide, run).map(({ field, value, approvedBy, askedBy }) => {
    const answer = answerInWords(guide, run, field, value, language);
    const colon = language === 'zh' ? '：' : ': ';
    const label = wordsOfRun(guide, run, field.label, language);
    return `${label}${colon}${answer}${approvedBy === null ? '' : approved[language](approvedBy)}${askedBy === null ? '' : asked[language](askedBy)}`;
  });
}

function answerInWords(guide: Guide, run: GuideRun, field: GuideField, value: string, language: GuideLanguage): string {
  const option = field.kind === 'choice' ? field.options.find((each) => each.value === value) : undefined;
  return option ? wordsOfRun(guide, run, option.label, language) : plainAnswer(field, value, language);
}

function plainAnswer(field: GuideField, value: string, language: GuideLanguage): string {
  switch (field.kind) {
    case 'check':
      return yesNo[language][value === 'yes' ? 'yes' : 'no'];
    case 'number':
    case 'money': {
      const number = Number(value);
      if (!Number.isFinite(number)) return value;
      const style =
        field.kind === 'money' && field.currency
          ? ({ style: 'currency', currency: field.currency, currencyDisplay: 'narrowSymbol' } as const)
          : {};
      return new Intl.NumberFormat(locales[language], style).format(number);
    }
    case 'date': {
      const day = new Date(`${value}T00:00:00Z`);
      if (Number.isNaN(day.getTime())) return value;
      return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(day);
    }
    default:
      return value;
  }
}

/** Answers as people say them. The label of a choice is not filled in here once more: it may ask for the very answer it stands for. */
function factsInWords(guide: Guide, run: GuideRun, language: GuideLanguage): Facts {
  const plain = factsOfRun(guide, run);
  const fields: ReadonlyMap<string, GuideField> = new Map(
    guide.steps.flatMap(({ fields }) => fields.map((field) => [`answer.${field.name}`, field] as const)),
  );
  return (name) => {
    const value = plain(name);
    const field = fields.get(name);
    if (value === undefined || field === undefined) return value;
    const option = field.kind === 'choice' ? field.options.find((each) => each.value === value) : undefined;
    return option ? option.label[language] : plainAnswer(field, value, language);
  };
}
