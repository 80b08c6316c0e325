import { conditionSchema } from '../../../shared/contracts/ivr/conditions.ts';
import type { FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import type { Text } from '../../i18n/index.ts';
import { type FlowPiece, type FlowReferences, nodeAt } from '../../stores/index.ts';
import { fieldsOf } from './fields.ts';

/** What nodes, exits and problems are called in the reader's language. */

/** What a flow names besides what it holds itself. */
export interface FlowNames {
  readonly references: FlowReferences;
  readonly flows: readonly { readonly flowId: string; readonly name: { readonly en: string; readonly zh: string } }[];
  /** The numbers that lead to this flow. */
  readonly dialled: readonly string[];
  readonly promptText: PromptText;
}

/** What a prompt says; null where only its name is known. */
export type PromptText = (promptId: string, locale: 'en' | 'zh') => string | null;

export function titleOf({ t }: Text, node: FlowNode): string {
  return node.label?.trim() || t(`flows.kind.${node.kind}`);
}

/** The name of something by its id; the id itself where it is not known any more. */
function named({ formats }: Text, list: FlowReferences['queues'], id: string): string {
  return list.find((each) => each.id === id)?.name[formats.language] ?? id;
}

export function flowName({ formats }: Text, names: FlowNames, flowId: string): string {
  return names.flows.find((each) => each.flowId === flowId)?.name[formats.language] ?? flowId;
}

/** In one line what a node does. */
export function lineOf(text: Text, node: FlowNode, names: FlowNames): string {
  const { t, formats } = text;
  const join = (values: readonly string[]) => values.join(formats.language === 'zh' ? '、' : ', ');
  const queue = (queueId: string) => named(text, names.references.queues, queueId) || t('flows.line.nothing');
  const prompt = (promptId: string) => names.promptText(promptId, formats.language) ?? promptId;
  const prompts = (list: readonly string[], none: 'flows.line.noPrompt' | 'flows.line.nothing' = 'flows.line.noPrompt') =>
    list[0] === undefined
      ? t(none)
      : list.length === 1
        ? prompt(list[0])
        : t('flows.line.promptsMore', { first: prompt(list[0]), more: list.length - 1 });
  switch (node.kind) {
    case 'answer':
      return t('flows.line.answer');
    case 'play':
      return prompts(node.prompts);
    case 'hangUp':
      return node.prompts.length > 0 ? prompts(node.prompts) : t('flows.noPrompt');
    case 'say':
      return node.parts.length === 0
        ? t('flows.line.nothing')
        : join(node.parts.map((part) => ('prompt' in part ? prompt(part.prompt) : part.fact)));
    case 'menu':
      return Object.keys(node.keys).length === 0 ? t('flows.line.nothing') : t('flows.line.keys', { keys: join(keysInOrder(node.keys)) });
    case 'collect':
      return node.minLength === node.maxLength
        ? t('flows.line.digitsExact', { min: node.minLength, tries: node.attempts })
        : t('flows.line.digits', { min: node.minLength, max: node.maxLength, tries: node.attempts });
    case 'record':
      return t('flows.line.seconds', { seconds: node.maxSeconds });
    case 'survey':
      return t('flows.line.survey', { highest: node.highest });
    case 'setLanguage':
      return t(
        node.to === 'caller'
          ? 'flows.option.callerLanguage'
          : node.to === 'other'
            ? 'flows.option.otherLanguage'
            : `flows.option.${node.to}`,
      );
    case 'branch':
      return join(node.cases.map((each, index) => caseName(text, each, index)));
    case 'hours':
      return named(text, names.references.hours, node.hoursId) || t('flows.line.nothing');
    case 'lookUp':
      return t('flows.line.by', { what: t(`flows.option.${node.what}`), by: node.by ?? t('flows.byNumber') });
    case 'set': {
      const parts = [
        ...(node.priority === null ? [] : [t('flows.line.priority', { priority: node.priority })]),
        ...(node.skills ? [node.skills] : []),
        ...Object.keys(node.attributes),
      ];
      return parts.length === 0 ? t('flows.line.unchanged') : join(parts);
    }
    case 'http':
      return node.url === '' ? t('flows.line.nothing') : `${node.method} ${node.url.replace(/^https?:\/\//, '')}`;
    case 'sms':
      return node.text[formats.language] || t('flows.line.nothing');
    case 'callFlow':
      return flowName(text, names, node.flowId) || t('flows.line.nothing');
    case 'external':
    case 'transfer':
      return node.number || t('flows.line.nothing');
    case 'queue':
    case 'voicemail':
      return queue(node.queueId);
    case 'callback':
      return t('flows.line.callback', { queue: queue(node.queueId), key: node.acceptKey });
    case 'return':
      return t('flows.line.return');
  }
}

const keyOrder = '1234567890*#';
/** As on a telephone; an object would put 0 first. */
export function keysInOrder(keys: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(keys).toSorted((a, b) => keyOrder.indexOf(a) - keyOrder.indexOf(b));
}

export function caseName(text: Text, one: { readonly label: string; readonly all: readonly unknown[] }, index: number): string {
  const first = conditionSchema.safeParse(one.all[0]);
  if (one.label.trim() !== '') return one.label;
  return first.success && first.data.value !== '' ? first.data.value : text.t('flows.caseName', { number: index + 1 });
}

const fixedExits = [
  ...['next', 'noInput', 'done', 'nothing', 'found', 'notFound', 'otherwise', 'open', 'closed', 'holiday', 'promised', 'declined'],
  ...['notPossible', 'failed', 'answered', 'refused', 'sent', 'notSent', 'returned', 'timeout', 'error', 'hangUp'],
] as const;
type FixedExit = (typeof fixedExits)[number];

/** What an exit is called on the drawing: a key by what it is for, a case by its label. */
export function exitName(text: Text, node: FlowNode | undefined, exit: string, isShort = false): string {
  const { t, formats } = text;
  if (node?.kind === 'menu' && exit !== 'noInput' && Object.hasOwn(node.keys, exit)) {
    const label = node.keys[exit]?.[formats.language];
    return label ? `${exit} ${label}` : isShort ? exit : t('flows.exit.key', { key: exit });
  }
  if (node?.kind === 'branch') {
    const index = node.cases.findIndex(({ id }) => id === exit);
    const found = node.cases[index];
    if (found) return caseName(text, found, index);
  }
  if (/^[0-9*#]$/.test(exit)) return t('flows.exit.key', { key: exit });
  return (fixedExits as readonly string[]).includes(exit) ? t(`flows.exit.${exit as FixedExit}`) : exit;
}

/** Settings of the flow itself, by their paths. */
export const flowFields = {
  'name/en': 'flows.nameEn',
  'name/zh': 'flows.nameZh',
  'fallback/queueId': 'flows.fallbackQueue',
  'fallback/prompt': 'flows.fallbackPrompt',
} as const;

/** The name of a setting, from the longest path in the declaration of its form. */
function fieldName({ t }: Text, node: FlowNode | undefined, field: string | null): string {
  const found = node && field !== null ? fieldsOf[node.kind].find(({ at }) => `${field}/`.startsWith(`${at}/`)) : undefined;
  if (found) return t(`flows.field.${found.name}`);
  return field !== null && Object.hasOwn(flowFields, field) ? t(flowFields[field as keyof typeof flowFields]) : (field ?? '');
}

/** A problem in the reader's words: whose it is, and what. */
export function problemText(text: Text, flow: FlowPiece, problem: FlowProblem): { readonly whose: string; readonly what: string } {
  const { t } = text;
  const node = problem.nodeId === null ? undefined : nodeAt(flow, problem.nodeId);
  const exit = problem.field?.startsWith('exits/') ? problem.field.slice('exits/'.length) : (problem.facts.exit ?? '');
  const language = problem.facts.locale ?? problem.facts.language ?? '';
  return {
    whose: node ? titleOf(text, node) : (problem.nodeId ?? t('flows.problems.inFlow')),
    what: t(`flows.problem.${problem.code}`, {
      ...problem.facts,
      exit: exitName(text, node, exit),
      field: fieldName(text, node, problem.field),
      prompt: problem.facts.prompt ?? '',
      language: language === 'en' || language === 'zh' ? t(`flows.language.${language}`) : language,
      fact: problem.facts.fact ?? '',
      test: problem.facts.test ?? problem.facts.name ?? '',
    }),
  };
}

/** Facts that somebody may ask for in this flow: those of every call, and what its own nodes find out. */
export function factsIn(flow: FlowPiece, { queues, hours }: FlowReferences): readonly string[] {
  const own = Object.values(flow.nodes).flatMap((node): readonly string[] => {
    switch (node.kind) {
      case 'collect':
      case 'record':
      case 'survey':
        return [`entered.${node.attribute}`];
      case 'set':
        return Object.keys(node.attributes).map((name) => `attribute.${name}`);
      case 'http':
        return node.takes.map(({ as }) => `lookUp.${as}`);
      case 'external':
        return node.takes.map(({ as }) => `passed.${as}`);
      default:
        return [];
    }
  });
  const always = [
    ...['call.number', 'call.dialled', 'call.region', 'call.anonymous', 'customer.known', 'customer.name', 'customer.tier'],
    ...['customer.locale', 'customer.id', 'case.open', 'case.id', 'case.state', 'case.subject', 'balance.amount'],
    ...['balance.currency', 'balance.arrears', 'balance.dueOn', 'now.time', 'now.day', 'now.date'],
  ];
  const ofQueues = queues.flatMap(({ id }) => ['waiting', 'expectedWaitSeconds', 'freeAgents'].map((what) => `queue.${id}.${what}`));
  const ofHours = hours.flatMap(({ id }) => [`hours.${id}.open`, `hours.${id}.holiday`]);
  return [...new Set([...own, ...always, ...ofHours, ...ofQueues])];
}
