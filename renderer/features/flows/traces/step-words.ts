import type { FlowNode, NodeKindName } from '../../../../shared/contracts/ivr/nodes.ts';
import type { TraceStep } from '../../../../shared/contracts/ivr/trace.ts';
import type { Text, TextKey } from '../../../i18n/index.ts';
import { exitName, titleOf } from '../words.ts';

const kinds = [
  ...['answer', 'play', 'say', 'menu', 'collect', 'record', 'survey', 'setLanguage', 'branch', 'hours', 'lookUp', 'set', 'http', 'sms'],
  ...['callFlow', 'external', 'queue', 'callback', 'voicemail', 'transfer', 'return', 'hangUp'],
];
const isKind = (kind: string): kind is NodeKindName => kinds.includes(kind);

/** What a node was called when the caller passed it; where it had no name of its own, its kind. */
export function stepTitle(text: Text, step: Pick<TraceStep, 'label' | 'kind' | 'nodeId'>, node: FlowNode | undefined): string {
  if (step.label) return step.label;
  if (node) return titleOf(text, node);
  return isKind(step.kind) ? text.t(`flows.kind.${step.kind}`) : step.nodeId;
}

/** By which exit it was left, in words; null where there is nothing to say of it. A key that was pressed stands before the words already. */
export function stepExit(
  text: Text,
  { exit, exitLabel, keys }: Pick<TraceStep, 'exit' | 'exitLabel' | 'keys'>,
  node: FlowNode | undefined,
): string | null {
  if (exit === null || exit === 'next') return null;
  if (exit === 'hangUp') return text.t('flowRuns.trace.hungUp');
  const told = exitLabel?.[text.formats.language].trim();
  if (told) return exit === keys || !/^[0-9*#]$/.test(exit) ? told : `${exit} ${told}`;
  if (exit === keys) {
    const label = node?.kind === 'menu' && Object.hasOwn(node.keys, exit) ? node.keys[exit]?.[text.formats.language] : undefined;
    return label ? label : null;
  }
  return exitName(text, node, exit);
}

const known = [
  ...['call.number', 'call.dialled', 'call.region', 'call.anonymous', 'customer.known', 'customer.name', 'customer.tier'],
  ...['customer.locale', 'customer.id', 'case.open', 'case.id', 'case.state', 'case.subject'],
  ...['balance.amount', 'balance.currency', 'balance.arrears', 'balance.dueOn'],
] as const;
type KnownFact = TextKey extends infer Key ? (Key extends `flowRuns.fact.${infer Name}` ? Name : never) : never;

/** What a fact is called; of those that a flow names itself, the name that it gave. */
export function factTitle({ t }: Text, name: string): string {
  if ((known as readonly string[]).includes(name)) return t(`flowRuns.fact.${name as KnownFact}`);
  return name.replace(/^(entered|attribute|lookUp|passed)\./, '');
}
