import type { FlowNode, NodeKindName, NodeOf } from '../../shared/contracts/ivr/nodes.ts';
import { answer } from './nodes/answer.ts';
import { collect } from './nodes/collect.ts';
import { hangUp } from './nodes/hang-up.ts';
import { menu } from './nodes/menu.ts';
import type { NodeInput, NodeKind, Outcome, RunView } from './nodes/node-kind.ts';
import { play } from './nodes/play.ts';
import { queue } from './nodes/queue.ts';
import { setLanguage } from './nodes/set-language.ts';

/** Every kind of node that this program knows. */
const kinds: { readonly [Kind in NodeKindName]?: NodeKind<Kind> } = { answer, play, setLanguage, menu, collect, queue, hangUp };

/** A kind that this program does not know, from a newer one, is as good as no node. */
export function isKnown(node: FlowNode): boolean {
  return Object.hasOwn(kinds, node.kind);
}

export function needsCaller(node: FlowNode): boolean {
  return kinds[node.kind]?.needsCaller ?? true;
}

export function enter<Kind extends NodeKindName>(node: NodeOf[Kind], run: RunView): Outcome {
  return kindOf(node).enter(node, run);
}

export function onInput<Kind extends NodeKindName>(node: NodeOf[Kind], run: RunView, input: NodeInput): Outcome {
  return kindOf(node).onInput(node, run, input);
}

function kindOf<Kind extends NodeKindName>(node: NodeOf[Kind]): NodeKind<Kind> {
  const kind: NodeKind<Kind> | undefined = kinds[node.kind as Kind];
  if (kind === undefined) throw new Error(`no such kind of node: ${node.kind}`);
  return kind;
}
