import { describeNode } from './node-table.ts';

describeNode([
  { when: 'voicemail', node: { kind: 'voicemail', queueId: 'billing', exits: {} }, entering: 'end at node, voicemail billing' },
]);
