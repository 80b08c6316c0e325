import type { FlowNode, NodeKindName, NodeOf } from '../../shared/contracts/ivr/nodes.ts';
import { answer } from './nodes/answer.ts';
import { branch } from './nodes/branch.ts';
import { callFlow } from './nodes/call-flow.ts';
import { callback } from './nodes/callback.ts';
import { collect } from './nodes/collect.ts';
import { external } from './nodes/external.ts';
import { hangUp } from './nodes/hang-up.ts';
import { hours } from './nodes/hours.ts';
import { http } from './nodes/http.ts';
import { lookUp } from './nodes/look-up.ts';
import { menu } from './nodes/menu.ts';
import type { NodeInput, NodeKind, Outcome, Precondition, RunView } from './nodes/node-kind.ts';
import { play } from './nodes/play.ts';
import { queue } from './nodes/queue.ts';
import { record } from './nodes/record.ts';
import { returnToCaller } from './nodes/return.ts';
import { say } from './nodes/say.ts';
import { set } from './nodes/set.ts';
import { setLanguage } from './nodes/set-language.ts';
import { sms } from './nodes/sms.ts';
import { survey } from './nodes/survey.ts';
import { transfer } from './nodes/transfer.ts';
import { voicemail } from './nodes/voicemail.ts';

/** Every kind of node that this program knows. */
const kinds: { readonly [Kind in NodeKindName]: NodeKind<Kind> } = {
  answer,
  play,
  say,
  menu,
  collect,
  record,
  setLanguage,
  lookUp,
  branch,
  hours,
  set,
  queue,
  callback,
  voicemail,
  transfer,
  survey,
  sms,
  http,
  callFlow,
  return: returnToCaller,
  external,
  hangUp,
};

/** A kind that this program does not know, from a newer one, is as good as no node. */
export function isKnown(node: FlowNode): boolean {
  return Object.hasOwn(kinds, node.kind);
}

export function needsOf(node: FlowNode): Precondition {
  // To say goodbye one must be heard.
  return node.kind === 'hangUp' && node.prompts.length > 0 ? 'answered' : kinds[node.kind].needs;
}

export function enter<Kind extends NodeKindName>(node: NodeOf[Kind], run: RunView): Outcome {
  return kindOf(node).enter(node, run);
}

export function onInput<Kind extends NodeKindName>(node: NodeOf[Kind], run: RunView, input: NodeInput): Outcome {
  return kindOf(node).onInput(node, run, input);
}

function kindOf<Kind extends NodeKindName>(node: NodeOf[Kind]): NodeKind<Kind> {
  return kinds[node.kind as Kind];
}
