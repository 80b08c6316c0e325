import type { Pretended } from '../../../shared/contracts/ivr/flow.ts';
import type { Deed } from '../model.ts';

/** How a deed ends in a run that nobody calls. Null: not at all, so that the flow gives up. */
export type PretendedOutcome = { readonly outcome: string; readonly facts: Readonly<Record<string, string>> } | null;

/** What is given for the node, or what others would answer on a good day. */
export function outcomeOf(deed: Deed, nodeId: string, given: Pretended): PretendedOutcome {
  const answer = Object.hasOwn(given.answers, nodeId) ? given.answers[nodeId] : undefined;
  if (answer === undefined) return onAGoodDay(deed, given);
  return answer.exit === 'timeout' ? null : { outcome: answer.exit, facts: answer.facts };
}

function onAGoodDay(deed: Deed, given: Pretended): PretendedOutcome {
  switch (deed.kind) {
    case 'lookUp': {
      const known = Object.entries(given.facts).filter(([name]) => name.startsWith(`${deed.what}.`));
      return known.length === 0 ? { outcome: 'notFound', facts: {} } : { outcome: 'found', facts: Object.fromEntries(known) };
    }
    case 'record':
      return { outcome: 'done', facts: { [`entered.${deed.attribute}`]: 'recording' } };
    default:
      return { outcome: goodOutcomes[deed.kind], facts: {} };
  }
}

const goodOutcomes = {
  http: 'answered',
  sms: 'sent',
  promiseCallback: 'promised',
  transfer: 'transferred',
  external: 'returned',
  surveyAnswer: '',
} as const;

/** One line that says what is asked for. */
export function deedText(deed: Deed): string {
  switch (deed.kind) {
    case 'lookUp':
      return `${deed.what} ${deed.by ?? ''}`.trim();
    case 'http':
      return `${deed.method} ${deed.url}`;
    case 'sms':
      return deed.text;
    case 'record':
      return deed.attribute;
    case 'promiseCallback':
      return deed.queueId;
    case 'transfer':
    case 'external':
      return deed.number;
    case 'surveyAnswer':
      return `${deed.attribute} ${deed.value}/${deed.highest}`;
  }
}
