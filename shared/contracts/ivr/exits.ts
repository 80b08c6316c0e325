import type { FlowNode } from './nodes.ts';

/** One way out of a node. */
export interface NodeExit {
  readonly name: string;
  /** A flow whose node has no such way is not finished. Others are taken only where they are given; see `commonExits`. */
  readonly isRequired: boolean;
  /** A caller who does nothing may leave by it. */
  readonly isSilent: boolean;
}

/**
 * What every node may have besides: something took longer than it may, something failed, the caller hung up. Not given: a time-out goes the
 * way of an error, an error to the flow's fallback, and after a hang-up the run is over. After a hang-up only nodes that need nobody on the
 * line do anything; any other ends the run.
 */
export const commonExits: readonly NodeExit[] = [
  { name: 'timeout', isRequired: false, isSilent: true },
  { name: 'error', isRequired: false, isSilent: true },
  { name: 'hangUp', isRequired: false, isSilent: true },
];

const exit = (name: string, isSilent: boolean): NodeExit => ({ name, isRequired: true, isSilent });
const next = [exit('next', true)];

/** The exits of its own, in the order in which they are shown; the common ones not among them. A kind without any ends the flow. */
export function exitsOf(node: FlowNode): readonly NodeExit[] {
  switch (node.kind) {
    case 'answer':
    case 'play':
    case 'say':
    case 'setLanguage':
    case 'set':
    case 'callFlow':
      return next;
    case 'menu':
      return [...Object.keys(node.keys).map((key) => exit(key, false)), exit('noInput', true)];
    case 'collect':
    case 'record':
      return [exit('done', false), exit('nothing', true)];
    case 'lookUp':
      return [exit('found', true), exit('notFound', true)];
    case 'branch':
      return [...node.cases.map(({ id }) => exit(id, true)), exit('otherwise', true)];
    case 'hours':
      return [exit('open', true), exit('closed', true), { name: 'holiday', isRequired: false, isSilent: true }];
    case 'callback':
      return [exit('promised', false), exit('declined', true), exit('notPossible', true)];
    case 'transfer':
      return [exit('failed', true)];
    case 'survey':
      return [exit('answered', false), exit('nothing', true)];
    case 'sms':
      return [exit('sent', true), exit('notSent', true)];
    case 'http':
      return [exit('answered', true), exit('refused', true)];
    case 'external':
      return [exit('returned', true), exit('failed', true)];
    case 'queue':
    case 'voicemail':
    case 'return':
    case 'hangUp':
      return [];
  }
}
