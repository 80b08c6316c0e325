import {
  ArrowRightToLine,
  AudioLines,
  Clock,
  CornerDownLeft,
  Globe,
  Hash,
  Languages,
  ListOrdered,
  type LucideIcon,
  MessageSquareText,
  Mic,
  Phone,
  PhoneForwarded,
  PhoneOutgoing,
  Play,
  SlidersHorizontal,
  Split,
  Star,
  TextAlignStart,
  UserRoundSearch,
  Voicemail,
  Workflow,
} from 'lucide-react';
import type { FlowNode, NodeKindName } from '../../../shared/contracts/ivr/nodes.ts';
import type { FlowReferences } from '../../stores/index.ts';
import { HangUp } from '../../ui/index.ts';

/** The kinds of nodes: what the palette lists, in which group, with which sign. */
export const kindGroups = {
  speak: ['answer', 'play', 'say', 'menu', 'collect', 'record', 'survey', 'setLanguage'],
  decide: ['branch', 'hours', 'lookUp', 'set'],
  ask: ['http', 'sms', 'callFlow', 'external'],
  end: ['queue', 'callback', 'voicemail', 'transfer', 'return', 'hangUp'],
} as const satisfies Readonly<Record<string, readonly NodeKindName[]>>;
export type KindGroup = keyof typeof kindGroups;

export const kindIcons: Readonly<Record<NodeKindName, LucideIcon>> = {
  answer: Phone,
  play: Play,
  say: AudioLines,
  menu: TextAlignStart,
  collect: Hash,
  record: Mic,
  survey: Star,
  setLanguage: Languages,
  branch: Split,
  hours: Clock,
  lookUp: UserRoundSearch,
  set: SlidersHorizontal,
  http: Globe,
  sms: MessageSquareText,
  callFlow: Workflow,
  external: PhoneForwarded,
  queue: ListOrdered,
  callback: PhoneOutgoing,
  voicemail: Voicemail,
  transfer: ArrowRightToLine,
  return: CornerDownLeft,
  hangUp: HangUp,
};

/** A new node with what most flows want of it. What only its writer knows is left empty, and named as a problem until it is there. */
export function blankNode(kind: NodeKindName, { queues, hours }: FlowReferences, otherFlow: string | undefined): FlowNode {
  const exits = {};
  const queueId = queues[0]?.id ?? '';
  switch (kind) {
    case 'answer':
    case 'return':
      return { kind, exits };
    case 'play':
    case 'hangUp':
      return { kind, exits, prompts: [] };
    case 'say':
      return { kind, exits, parts: [] };
    case 'menu':
      return { kind, exits, prompts: [], onSilence: null, onWrongKey: null, keys: { '1': { en: '', zh: '' } }, waitMs: 5_000, attempts: 3 };
    case 'collect':
      return {
        ...{ kind, exits, prompts: [], onInvalid: null, attribute: 'number', minLength: 4, maxLength: 12, terminator: '#' },
        ...{ firstKeyMs: 6_000, betweenKeysMs: 3_000, masked: false, attempts: 3 },
      };
    case 'record':
      return { kind, exits, prompts: [], attribute: 'message', maxSeconds: 60 };
    case 'survey':
      return { kind, exits, prompts: [], onWrongKey: null, attribute: 'satisfaction', highest: 5, waitMs: 6_000, attempts: 2 };
    case 'setLanguage':
      return { kind, exits, to: 'caller' };
    case 'branch':
      return { kind, exits, cases: [{ id: 'case1', label: '', all: [{ fact: 'customer.tier', is: 'equals', value: 'gold' }] }] };
    case 'hours':
      return { kind, exits, hoursId: hours[0]?.id ?? '' };
    case 'lookUp':
      return { kind, exits, what: 'customer', by: null, whileWaiting: null, limitMs: 3_000 };
    case 'set':
      return { kind, exits, priority: null, skills: null, attributes: {} };
    case 'http':
      return { kind, exits, method: 'GET', url: '', headers: {}, body: null, takes: [], whileWaiting: null, limitMs: 3_000 };
    case 'sms':
      return { kind, exits, to: null, text: { en: '', zh: '' } };
    case 'callFlow':
      return { kind, exits, flowId: otherFlow ?? '' };
    case 'external':
      return { kind, exits, number: '', sends: {}, takes: [], ringSeconds: 20, maxSeconds: 600 };
    case 'queue':
      return { kind, exits, queueId, priority: null };
    case 'callback':
      return { kind, exits, prompts: [], queueId, acceptKey: '1', waitMs: 6_000 };
    case 'voicemail':
      return { kind, exits, queueId };
    case 'transfer':
      return { kind, exits, number: '', ringSeconds: 25 };
  }
}
