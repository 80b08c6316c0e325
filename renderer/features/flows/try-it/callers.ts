import type { Flow, Pretended } from '../../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../../shared/contracts/ivr/nodes.ts';

/** People who are made up to try a flow. Numbers are of ranges kept for fiction where a country has any. */
export const callerNames = ['unknown', 'diamond', 'arrears', 'anonymous'] as const;
export type CallerName = (typeof callerNames)[number];

interface MadeUp extends Pick<Pretended, 'number' | 'locale'> {
  readonly customer: Readonly<Record<string, string>> | null;
  readonly openCase: Readonly<Record<string, string>> | null;
  readonly balance: Readonly<Record<string, string>> | null;
}

const people: Readonly<Record<CallerName, MadeUp>> = {
  unknown: { number: '+442079460958', locale: null, customer: null, openCase: null, balance: null },
  anonymous: { number: null, locale: null, customer: null, openCase: null, balance: null },
  diamond: {
    number: '+447700900142',
    locale: 'en',
    customer: {
      ...{ 'customer.known': 'yes', 'customer.id': 'contact-margaret-okafor', 'customer.name': 'Margaret Okafor' },
      ...{ 'customer.tier': 'diamond', 'customer.locale': 'en' },
    },
    openCase: null,
    balance: { 'balance.amount': '0.00', 'balance.currency': 'GBP', 'balance.arrears': '0.00' },
  },
  arrears: {
    number: '+8613900004126',
    locale: 'zh',
    customer: {
      ...{ 'customer.known': 'yes', 'customer.id': 'contact-wang-min', 'customer.name': '王敏' },
      ...{ 'customer.tier': 'standard', 'customer.locale': 'zh' },
    },
    openCase: { 'case.open': 'yes', 'case.id': 'C-20431', 'case.state': 'waiting', 'case.subject': '宽带无法上网' },
    balance: { 'balance.amount': '128.50', 'balance.currency': 'CNY', 'balance.arrears': '128.50', 'balance.dueOn': '2026-11-10' },
  },
};

export type Answer = Pretended['answers'][string];

/** Somebody who calls this number at that time, and what the look-ups of this flow find of them. */
export function pretend(name: CallerName, flow: Pick<Flow, 'nodes'>, when: Pick<Pretended, 'dialled' | 'at'>): Pretended {
  const { number, locale, customer, openCase, balance } = people[name];
  const answers = Object.entries(flow.nodes).flatMap(([nodeId, node]): readonly (readonly [string, Answer])[] => {
    const answer = answerFor(name, node);
    return answer ? [[nodeId, answer]] : [];
  });
  // What look-ups find in other flows is not drawn here: they find what is known of the caller.
  const goesOn = Object.values(flow.nodes).some(({ kind }) => kind === 'callFlow');
  return {
    ...{ number, locale, ...when },
    facts: { ...(number === null ? { 'call.anonymous': 'yes' } : {}), ...customer, ...(goesOn ? { ...openCase, ...balance } : {}) },
    answers: Object.fromEntries(answers),
  };
}

/** The answers of nodes that were drawn since; those that were given stay, and those of nodes that are gone go. */
export function withAnswersFor(given: Pretended, name: CallerName, flow: Pick<Flow, 'nodes'>): Pretended {
  const fresh = pretend(name, flow, given).answers;
  const kept = Object.entries(given.answers).filter(([nodeId, { exit }]) => {
    const node = flow.nodes[nodeId];
    return node !== undefined && answersOf(node).includes(exit);
  });
  return { ...given, answers: { ...fresh, ...Object.fromEntries(kept) } };
}

/** What may come of a node that asks somebody else; none of those that do not. */
export function answersOf(node: FlowNode): readonly string[] {
  switch (node.kind) {
    case 'lookUp':
      return ['found', 'notFound', 'timeout', 'error'];
    case 'http':
      return ['answered', 'refused', 'timeout', 'error'];
    case 'sms':
      return ['sent', 'notSent', 'error'];
    case 'callback':
      return ['promised', 'notPossible', 'error'];
    case 'transfer':
      return ['transferred', 'failed', 'error'];
    case 'external':
      return ['returned', 'failed', 'timeout', 'error'];
    case 'record':
      return ['done', 'nothing', 'error'];
    default:
      return [];
  }
}

/** Whether its answer is more than its exit. */
export function findsOut(node: FlowNode): boolean {
  return node.kind === 'lookUp' || node.kind === 'http' || node.kind === 'external' || node.kind === 'record';
}

function answerFor(name: CallerName, node: FlowNode): Answer | null {
  const [usual] = answersOf(node);
  if (usual === undefined) return null;
  if (node.kind !== 'lookUp') return { exit: usual, facts: blankFacts(node) };
  const { customer, openCase, balance } = people[name];
  const found = { customer, case: openCase, balance }[node.what];
  return found ? { exit: 'found', facts: { ...found } } : { exit: 'notFound', facts: {} };
}

/** The names of what is taken from an answer, to be filled in. */
function blankFacts(node: FlowNode): Record<string, string> {
  if (node.kind === 'http') return Object.fromEntries(node.takes.map(({ as }) => [`lookUp.${as}`, '']));
  if (node.kind === 'external') return Object.fromEntries(node.takes.map(({ as }) => [`passed.${as}`, '']));
  return {};
}

/** `2026-11-22T09:30`, as a clock on the wall here shows it. */
export function wallClock(at: number): string {
  const time = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}T${two(time.getHours())}:${two(time.getMinutes())}`;
}
